package email_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"testing"

	"parley/internal/channel/email"
	"parley/internal/lab"
)

// TestSend hands mail to a real server, over STARTTLS and over TLS from the first byte, and reads what it has delivered.
func TestSend(t *testing.T) {
	for security, atOnce := range map[string]bool{"starttls": false, "tls": true} {
		t.Run(security, func(t *testing.T) {
			server := lab.StartMail(t, atOnce)
			to := email.Server{Host: server.Host, Security: security, Username: "parley", Password: "secret", From: "Parley <parley@example.com>"}
			sound := bytes.Repeat([]byte("RIFF\x00\xff\r\n.\r\n"), 1000)
			m := email.Message{
				ID: "m1", To: "ann@example.com", Subject: "New message from Müller\r\nBcc: eve@example.com", Text: "Grüße.\n.\nEnd.",
				Attachment: bytes.NewReader(sound), AttachmentName: "message.wav", AttachmentType: "audio/wav",
			}
			if err := (email.Sender{Roots: server.Roots}).Send(t.Context(), to, m); err != nil {
				t.Fatal(err)
			}
			all := server.Mails()
			if len(all) != 1 {
				t.Fatalf("%d mails", len(all))
			}
			head := all[0].Header
			subject, err := new(mime.WordDecoder).DecodeHeader(head.Get("Subject"))
			if err != nil || subject != "New message from Müller  Bcc: eve@example.com" || head.Get("Bcc") != "" || head.Get("X-Tls") != "yes" ||
				head.Get("X-Rcpt") != "ann@example.com" || head.Get("Message-Id") != "<m1@example.com>" || head.Get("Auto-Submitted") != "auto-generated" {
				t.Errorf("%q %v", head, err)
			}
			text, attached := parts(t, all[0])
			if strings.TrimSpace(strings.ReplaceAll(text, "\r", "")) != "Grüße.\n.\nEnd." {
				t.Errorf("text %q", text)
			}
			if !bytes.Equal(attached, sound) {
				t.Errorf("%d bytes are attached", len(attached))
			}
		})
	}
}

// parts gives the text and the attachment of a mail.
func parts(t *testing.T, m *mail.Message) (text string, attached []byte) {
	t.Helper()
	_, words, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	reader := multipart.NewReader(m.Body, words["boundary"])
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return text, attached
		}
		if err != nil {
			t.Fatal(err)
		}
		var from io.Reader = part
		if part.Header.Get("Content-Transfer-Encoding") == "base64" {
			from = base64.NewDecoder(base64.StdEncoding, part)
		}
		content, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		if part.FileName() == "" {
			text = string(content)
			continue
		}
		if part.FileName() != "message.wav" || !strings.HasPrefix(part.Header.Get("Content-Type"), "audio/wav") {
			t.Errorf("attached as %v", part.Header)
		}
		attached = content
	}
}

// TestRefused tells what a second attempt cannot mend from what it may.
func TestRefused(t *testing.T) {
	server := lab.StartMail(t, false)
	good := email.Server{Host: server.Host, Security: "starttls", Username: "parley", Password: "secret", From: "parley@example.com"}
	sender := email.Sender{Roots: server.Roots}
	for _, test := range []struct {
		name   string
		sender email.Sender
		change func(*email.Server, *email.Message)
		final  bool
	}{
		{"no such mailbox", sender, func(_ *email.Server, m *email.Message) { m.To = "unknown@example.com" }, true},
		{"no address", sender, func(_ *email.Server, m *email.Message) { m.To = "Ann" }, true},
		{"two addresses", sender, func(_ *email.Server, m *email.Message) { m.To = "a@example.com, b@example.com" }, true},
		{"no sender", sender, func(s *email.Server, _ *email.Message) { s.From = "" }, true},
		{"wrong password", sender, func(s *email.Server, _ *email.Message) { s.Password = "secrets" }, true},
		{"bad port", sender, func(s *email.Server, _ *email.Message) { s.Host = "localhost:smtp" }, true},
		{"come again", sender, func(_ *email.Server, m *email.Message) { m.To = "busy@example.com" }, false},
		{"a certificate that nobody knows", email.Sender{}, func(*email.Server, *email.Message) {}, false},
		{"without TLS", sender, func(s *email.Server, _ *email.Message) { s.Security, s.Username = "none", "" }, true},
		{"nobody there", sender, func(s *email.Server, _ *email.Message) { s.Host = "127.0.0.1:1" }, false},
	} {
		to, m := good, email.Message{ID: "m", To: "ann@example.com", Subject: "s", Text: "t"}
		test.change(&to, &m)
		err := test.sender.Send(t.Context(), to, m)
		if err == nil || errors.Is(err, email.ErrRefused) != test.final || strings.Contains(err.Error(), "secrets") {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := sender.Send(gone, good, email.Message{ID: "m", To: "ann@example.com"}); err == nil || errors.Is(err, email.ErrRefused) {
		t.Errorf("stopped: %v", err)
	}
	if err := sender.Send(t.Context(), good, email.Message{ID: "m", To: "busy@example.com"}); err != nil {
		t.Errorf("the second time: %v", err)
	}
	if n := len(server.Mails()); n != 1 {
		t.Errorf("%d mails", n)
	}
}
