package lab

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/carrier"
	"parley/internal/media"
	"parley/internal/sip"
	"parley/internal/store"
)

// identity makes a certificate for 127.0.0.1 that has signed itself: its PEM, and a file that has its key as well.
func identity(t *testing.T) (certificate, file string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	signed, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certificate = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}))
	file = filepath.Join(t.TempDir(), "identity.pem")
	write(t, file, certificate+string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})))
	return certificate, file
}

// onlyTrunk leaves a world one trunk, as set says.
func onlyTrunk(set func(*store.Trunk)) func(ctx context.Context, db *store.DB) error {
	return func(ctx context.Context, db *store.DB) error {
		if err := noTrunks(ctx, db); err != nil {
			return err
		}
		trunk := store.NewTrunk("Trunk of the lab", store.TrunkByAddress)
		trunk.Networks = []string{"127.0.0.1"}
		set(&trunk)
		return db.CreateTrunk(ctx, &trunk)
	}
}

// TestEncryptedTrunk: a trunk of which the store says that it is reached over TLS, whose certificate is checked, and which
// speaks nothing but encrypted Opus. The far side is baresip; calls go both ways, and one in the clear is refused in words.
func TestEncryptedTrunk(t *testing.T) {
	t.Parallel()
	certificate, file := identity(t)
	secure, listen := fmt.Sprintf("127.0.0.1:%d", freePort(t)), freePort(t)
	w := Start(t, Setup{Args: []string{"--sips", secure}, Prepare: onlyTrunk(func(trunk *store.Trunk) {
		trunk.Proxy, trunk.Transport, trunk.CA = fmt.Sprintf("127.0.0.1:%d", listen+1), "tls", certificate
		trunk.Peering = store.Peering{SRTP: store.SRTPRequired, Codecs: []string{"opus"}}
	})})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	far := w.Peer(Model{Codec: media.Opus, TLS: secure}, "+12025550180", fmt.Sprintf("127.0.0.1:%d", listen), file, callerVoice)

	which := a.dial("+12025550180")
	far.Tells("CALL_ESTABLISHED", 1)
	a.line("active")
	a.hears(callerVoice, agentVoice)
	phoneHears(t, far, agentVoice, callerVoice)
	a.do(which, "hangup")
	far.Tells("CALL_CLOSED", 1)
	a.status("available")

	far.Do("dial", "sip:"+support+"@"+secure+";transport=tls")
	ring := a.rung()
	a.answer(ring)
	far.Tells("CALL_ESTABLISHED", 2)
	a.hears(callerVoice, agentVoice)
	phoneHears(t, far, agentVoice, callerVoice)
	a.do(ring.Call, "hangup")
	far.Tells("CALL_CLOSED", 2)

	plain := caller(t, network(t, carrier.Config{Codecs: sip.Codecs{media.Opus}}), w, support, "+32470111222", callerVoice)
	if end := ended(t, plain); end.Code != 488 || !strings.Contains(end.Reason, "encrypted sound (SRTP) is required here") {
		t.Errorf("a call in the clear ends with %+v", end)
	}
	told := func() bool {
		return strings.Contains(strings.Join(w.Log(), "\n"), "encrypted sound (SRTP) is required here")
	}
	Eventually(t, "the log says why", told)
}
