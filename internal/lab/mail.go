package lab

import (
	"bufio"
	"bytes"
	"crypto/x509"
	"net"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// MailServer is a run of aiosmtpd: a real SMTP server that takes mail from "parley" with the password "secret".
type MailServer struct {
	Host  string         // host:port
	Roots *x509.CertPool // what its certificate is signed by

	t      testing.TB
	folder string
}

// StartMail runs the server until the test ends; tlsAtOnce has it speak TLS from the first byte (RFC 8314), else it wants STARTTLS.
func StartMail(t testing.TB, tlsAtOnce bool) *MailServer {
	t.Helper()
	root, err := repository()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	m := &MailServer{t: t, folder: folder}
	own, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	m.Roots = certificate(t, "127.0.0.1", own, key)
	script := filepath.Join(root, "internal", "lab", "testdata", "mail", "server.py")
	arguments := []string{script, folder, own, key}
	if tlsAtOnce {
		arguments = append(arguments, "tls")
	}
	// The system's Python: aiosmtpd is a package of Debian, which `make test` installs.
	cmd := exec.CommandContext(t.Context(), "/usr/bin/python3", arguments...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	port, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("no mail server: %v\n%s", err, said.String())
	}
	m.Host = net.JoinHostPort("127.0.0.1", strings.TrimSpace(port))
	return m
}

// Mails are the mails that it has taken so far, in order. X-Rcpt names the recipients, X-Tls whether they came over TLS.
func (m *MailServer) Mails() []*mail.Message {
	m.t.Helper()
	files, err := filepath.Glob(filepath.Join(m.folder, "*.eml"))
	if err != nil {
		m.t.Fatal(err)
	}
	slices.SortFunc(files, func(a, b string) int { return len(a) - len(b) + strings.Compare(a, b) })
	var all []*mail.Message
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			m.t.Fatal(err)
		}
		one, err := mail.ReadMessage(bytes.NewReader(content))
		if err != nil {
			m.t.Fatalf("%s: %v", content, err)
		}
		all = append(all, one)
	}
	return all
}
