// Package email sends mail by an SMTP server (RFC 5321).
package email

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	mail "github.com/wneessen/go-mail"
)

// ErrRefused means that it is of no use to send this message by this server again: an address or a setting is at fault.
var ErrRefused = errors.New("mail is refused")

// Server is where mail is handed in.
type Server struct {
	Host     string // host:port; without a port 587, or 465 with "tls"
	Security string // "starttls" (RFC 3207, never without), "tls" (RFC 8314), "none"
	Username string // empty: without a sign-in
	Password string
	From     string // address of the sender
}

// Message is a mail to one person.
type Message struct {
	ID             string // of what it is about: the same message has the same Message-ID however often it is sent
	To             string
	Subject        string
	Text           string
	Attachment     io.Reader // nil: none
	AttachmentName string
	AttachmentType string
}

// Sender sends mail. The zero value trusts the certificates that the system trusts.
type Sender struct {
	Roots *x509.CertPool
}

// patience bounds one attempt.
const patience = 30 * time.Second

// Send hands one message to a server. An error that is no ErrRefused may be gone later.
func (s Sender) Send(ctx context.Context, server Server, m Message) error {
	message, err := compose(server, m)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	client, err := s.client(server)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, message); err != nil {
		return judge(err)
	}
	return nil
}

// judge says whether another attempt may help. Replies 5yz are final (RFC 5321 §4.2.1).
func judge(err error) error {
	failed := (*mail.SendError)(nil)
	if errors.As(err, &failed) && failed.ErrorCode() >= 500 {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	reply := (*textproto.Error)(nil)
	if errors.As(err, &reply) && reply.Code >= 500 {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return fmt.Errorf("send mail: %w", err)
}

func (s Sender) client(server Server) (*mail.Client, error) {
	host, port := server.Host, 587 // RFC 6409 §3.1
	if server.Security == "tls" {
		port = 465 // RFC 8314 §3.3
	}
	if name, number, err := net.SplitHostPort(server.Host); err == nil {
		host = name
		if port, err = strconv.Atoi(number); err != nil {
			return nil, fmt.Errorf("the port of the mail server %s is no number", server.Host)
		}
	}
	trust := &tls.Config{ServerName: host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
	options := []mail.Option{mail.WithPort(port), mail.WithTimeout(patience), mail.WithTLSConfig(trust)}
	switch server.Security {
	case "tls":
		options = append(options, mail.WithSSL())
	case "none":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if server.Username != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(server.Username),
			mail.WithPassword(server.Password))
	}
	return mail.NewClient(host, options...)
}

func compose(server Server, m Message) (*mail.Msg, error) {
	message := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := message.From(server.From); err != nil {
		return nil, fmt.Errorf("the sender's address %q is none", server.From)
	}
	if err := message.To(m.To); err != nil {
		return nil, fmt.Errorf("the address %q is none", m.To)
	}
	message.Subject(oneLine(m.Subject))
	message.SetDate()
	_, domain, _ := strings.Cut(server.From, "@")
	message.SetMessageIDWithValue(m.ID + "@" + strings.TrimSuffix(domain, ">"))
	message.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834 §5: nobody's holiday answers it
	message.SetBodyString(mail.TypeTextPlain, m.Text)
	if m.Attachment != nil {
		kind := mail.WithFileContentType(mail.ContentType(m.AttachmentType))
		if err := message.AttachReader(m.AttachmentName, m.Attachment, kind); err != nil {
			return nil, err
		}
	}
	return message, nil
}

// oneLine keeps a caller's name from adding header fields.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
}
