package app

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// issued writes a certificate of a small authority for some names, and its key.
func issued(t *testing.T, certificate, key string, names ...string) *x509.Certificate {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(t, err)
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	check(t, err)
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: names[0]}, DNSNames: names, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, secret.Public(), secret)
	check(t, err)
	pkcs8, err := x509.MarshalPKCS8PrivateKey(secret)
	check(t, err)
	check(t, os.WriteFile(certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	check(t, os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}), 0o600))
	c, err := x509.ParseCertificate(der)
	check(t, err)
	return c
}

// serial shakes hands as a client that trusts anybody, and tells which certificate it was shown.
func serial(t *testing.T, c *tls.Config) string {
	t.Helper()
	ours, theirs := net.Pipe()
	defer func() { _ = ours.Close(); _ = theirs.Close() }()
	go func() { _ = tls.Server(ours, c).HandshakeContext(t.Context()) }()
	client := tls.Client(theirs, &tls.Config{ServerName: "phone.example.com", InsecureSkipVerify: true}) //nolint:gosec // a test
	check(t, client.HandshakeContext(t.Context()))
	return client.ConnectionState().PeerCertificates[0].SerialNumber.String()
}

// TestCertificateFiles: files that change are read again; while they do not fit, the old certificate stays.
func TestCertificateFiles(t *testing.T) {
	dir := t.TempDir()
	certificate, key := filepath.Join(dir, "a.crt"), filepath.Join(dir, "a.key")
	first := issued(t, certificate, key, "phone.example.com")
	log := &lines{}
	f := &filed{certificate: certificate, key: key, log: slog.New(slog.NewTextHandler(log, nil))}
	c, err := certificatesOf(f, "files")
	check(t, err)
	later := func() { f.mu.Lock(); f.looked = time.Time{}; f.mu.Unlock() } // a second passes
	if got := serial(t, c.tls); got != first.SerialNumber.String() {
		t.Errorf("shown %s, want %s", got, first.SerialNumber)
	}
	check(t, os.WriteFile(certificate, []byte("half a file"), 0o600))
	for range 2 {
		later()
		if got := serial(t, c.tls); got != first.SerialNumber.String() {
			t.Errorf("while half is written: shown %s", got)
		}
	}
	if n := strings.Count(log.String(), "the old one stays"); n != 1 {
		t.Errorf("complained %d times:\n%s", n, log)
	}
	second := issued(t, certificate, key, "phone.example.com")
	later()
	if got := serial(t, c.tls); got != second.SerialNumber.String() {
		t.Errorf("after the change: shown %s, want %s", got, second.SerialNumber)
	}
}

// TestOwnCertificate is made once, kept between starts, and made anew for other names and near its end.
func TestOwnCertificate(t *testing.T) {
	dir := t.TempDir()
	begin := func(names ...string) string {
		t.Helper()
		c, err := certificatesOf(&ownMade{folder: dir, names: names, log: slog.New(slog.DiscardHandler)}, "self-signed")
		check(t, err)
		return serial(t, c.tls)
	}
	first := begin("localhost", "127.0.0.1")
	if again := begin("127.0.0.1"); again != first {
		t.Error("another one at the next start")
	}
	info, err := os.Stat(filepath.Join(dir, "self-signed.pem"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	second := begin("127.0.0.1", "192.0.2.7")
	if second == first {
		t.Error("it does not know the new address")
	}
	o := &ownMade{folder: dir, names: []string{"127.0.0.1"}, log: slog.New(slog.DiscardHandler)}
	shown, err := o.show()
	check(t, err)
	for _, c := range []struct {
		at   time.Time
		want bool
	}{
		{time.Now(), true}, {shown.Leaf.NotAfter.Add(-ownRenewal - time.Minute), true}, {shown.Leaf.NotAfter.Add(-ownRenewal + time.Minute), false},
		{shown.Leaf.NotBefore.Add(-time.Minute), false},
	} {
		if got := o.serves(shown.Leaf, c.at); got != c.want {
			t.Errorf("serves at %v: %v", c.at, got)
		}
	}
	check(t, os.WriteFile(o.file(), []byte("broken"), 0o600))
	if begin("127.0.0.1") == second {
		t.Error("a broken file is not replaced")
	}
}

// TestOwnCertificateNotKept: while the disk takes no file TLS goes on, with the certificate that is there as long as it is
// valid; it is tried again and complained of once a minute.
func TestOwnCertificateNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &lines{}
		o := &ownMade{folder: t.TempDir(), names: []string{"localhost"}, log: slog.New(slog.NewTextHandler(log, nil))}
		full := o.file() + ".new" // a folder in the place of the file to be written
		show := func(complaints int) *x509.Certificate {
			t.Helper()
			var shown *tls.Certificate
			for range 3 {
				next, err := o.show()
				check(t, err)
				if shown != nil && next != shown {
					t.Error("another one each time")
				}
				shown = next
			}
			if n := strings.Count(log.String(), "not kept"); n != complaints {
				t.Errorf("complained %d times, want %d:\n%s", n, complaints, log)
			}
			return shown.Leaf
		}
		kept := func() *x509.Certificate {
			t.Helper()
			next := &ownMade{folder: o.folder, names: o.names, log: o.log}
			shown, err := next.show()
			check(t, err)
			return shown.Leaf
		}
		check(t, os.Mkdir(full, 0o700))
		first := show(1)
		<-time.After(ownPause)
		if !show(2).Equal(first) {
			t.Error("the one in memory does not stay")
		}
		check(t, os.Remove(full))
		<-time.After(ownPause)
		if !show(2).Equal(first) || !kept().Equal(first) {
			t.Error("the one in memory is not kept when the disk takes it")
		}
		<-time.After(time.Until(first.NotAfter) - ownRenewal/2)
		check(t, os.Mkdir(full, 0o700))
		if !show(3).Equal(first) {
			t.Error("a valid one is not shown")
		}
		<-time.After(time.Until(first.NotAfter) + time.Second)
		second := show(4)
		if second.Equal(first) {
			t.Error("one is shown that is over")
		}
		check(t, os.Remove(full))
		<-time.After(ownPause)
		if !show(4).Equal(second) || !kept().Equal(second) {
			t.Error("the second one is not kept")
		}
	})
}

func TestOwnNames(t *testing.T) {
	names := Settings{Public: "203.0.113.9"}.ownNames()
	for _, want := range []string{"localhost", "127.0.0.1", "::1", "203.0.113.9"} {
		if strings.Count(" "+strings.Join(names, " ")+" ", " "+want+" ") != 1 {
			t.Errorf("%s is not once in %v", want, names)
		}
	}
}

func TestCertificateSettings(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name string
		set  Settings
		want string // the error begins with it; "" for none
	}{
		{"nothing", Settings{}, ""},
		{"a key is missing", Settings{TLSCert: "a"}, "--tls-cert and --tls-key"},
		{"a certificate is missing", Settings{TLSKey: "a"}, "--tls-cert and --tls-key"},
		{"no such file", Settings{TLSCert: dir + "/no", TLSKey: dir + "/no"}, "--tls-cert"},
		{"two sources", Settings{TLSCert: "a", TLSKey: "b", ACMEDomain: "a.example"}, "--tls-cert and --acme-domain"},
		{"ACME", Settings{ACMEDomain: "a.example, B.example"}, ""},
		{"a bad name", Settings{ACMEDomain: "localhost"}, "--acme-domain"},
		{"an address", Settings{ACMEDomain: "192.0.2.1"}, "--acme-domain"},
		{"a wildcard", Settings{ACMEDomain: "*.example.com"}, "--acme-domain"},
		{"an empty name", Settings{ACMEDomain: "a.example,"}, "--acme-domain"},
		{"an authority for no name", Settings{ACMEDirectory: "https://ca.example/acme"}, "--acme-directory and --acme-ca go with"},
		{"an authority without TLS", Settings{ACMEDomain: "a.example", ACMEDirectory: "http://ca.example/acme"}, "--acme-directory http:"},
		{"no such authority file", Settings{ACMEDomain: "a.example", ACMECA: dir + "/no"}, "--acme-ca"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.set.Data = dir
			_, err := openCertificates(c.set, slog.New(slog.DiscardHandler))
			if (err == nil) != (c.want == "") || err != nil && !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestACMEFolder: who leaves one authority for another does not go on with the certificate of the first.
func TestACMEFolder(t *testing.T) {
	for directory, want := range map[string]string{
		"": "data/certificates", "https://ca.example:9000/acme/Acme/directory": "data/certificates/acme-ca.example_9000_acme_acme_directory",
	} {
		got, err := Settings{Data: "data", ACMEDirectory: directory}.acmeFolder()
		if err != nil || filepath.ToSlash(got) != want {
			t.Errorf("%q: %s, %v", directory, got, err)
		}
	}
}

// TestLately: a thing is news once in a while, and what strangers say fills no memory.
func TestLately(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLately()
		if !l.isNews("a") || l.isNews("a") || !l.isNews("b") {
			t.Error("a thing is news at first, and only then")
		}
		<-time.After(latelyTime)
		if !l.isNews("a") {
			t.Error("it is not news again after a while")
		}
		for n := range 10 * latelyMost {
			l.isNews(string(rune(n)))
		}
		if len(l.said) > latelyMost {
			t.Errorf("%d things are remembered", len(l.said))
		}
	})
}
