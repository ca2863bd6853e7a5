package rtc

import (
	"context"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/pion/dtls/v3"

	"parley/internal/media"
	"parley/internal/srtp"
)

// associate makes our side of DTLS, which is the server's (RFC 5763 §5), over a browser's mail. The browser is the DTLS
// client, so the choice of how sound is protected is ours: the first of these that it knows. No cookie is asked for, since
// only who passed a check can speak.
func (i identity) associate(m *mail, fingerprint string, log *slog.Logger) (*dtls.Conn, error) {
	return dtls.ServerWithOptions(m, m.LocalAddr(),
		dtls.WithCertificates(i.certificate),
		dtls.WithSRTPProtectionProfiles(dtls.SRTP_AEAD_AES_128_GCM, dtls.SRTP_AES128_CM_HMAC_SHA1_80),
		dtls.WithClientAuth(dtls.RequireAnyClientCert),
		dtls.WithVerifyPeerCertificate(func(chain [][]byte, _ [][]*x509.Certificate) error {
			if len(chain) == 0 {
				return errFingerprint
			}
			return fits(chain[0], fingerprint)
		}),
		dtls.WithInsecureSkipVerifyHello(true),
		dtls.WithLoggerFactory(pionLogs{to: log}),
	)
}

// profiles are how DTLS names the ways to protect sound (RFC 5764 §4.1.2, RFC 7714 §14.2).
var profiles = map[dtls.SRTPProtectionProfile]srtp.Profile{
	dtls.SRTP_AEAD_AES_128_GCM:       srtp.AES128GCM,
	dtls.SRTP_AES128_CM_HMAC_SHA1_80: srtp.AES128SHA80,
}

// masterKey is the bytes of a master key in each of them; the rest of srtp.Profile.KeyLength is salt.
const masterKey = 16

// keysOf takes the keys of the sound from a handshake that is over (RFC 5764 §4.2).
func keysOf(c *dtls.Conn) (*media.Crypto, error) {
	chosen, _ := c.SelectedSRTPProtectionProfile()
	profile, known := profiles[chosen]
	state, ok := c.ConnectionState()
	if !known || !ok {
		return nil, fmt.Errorf("no protection of sound was agreed on: %v", chosen)
	}
	salt := profile.KeyLength() - masterKey
	all, err := state.ExportKeyingMaterial("EXTRACTOR-dtls_srtp", nil, 2*(masterKey+salt))
	if err != nil {
		return nil, fmt.Errorf("take the keys of the sound: %w", err)
	}
	take := func(n int) []byte {
		part := all[:n:n]
		all = all[n:]
		return part
	}
	client, server := take(masterKey), take(masterKey)
	return &media.Crypto{Profile: profile, Receive: append(client, take(salt)...), Send: append(server, take(salt)...)}, nil
}

// shake runs the handshake, gives away the keys, and then waits for the end of the association. An error means that there
// was no handshake.
func shake(ctx context.Context, c *dtls.Conn, keyed func(*media.Crypto)) error {
	if err := c.HandshakeContext(ctx); err != nil {
		return fmt.Errorf("shake hands with a browser: %w", err)
	}
	keys, err := keysOf(c)
	if err != nil {
		return err
	}
	keyed(keys)
	var b [64]byte // nothing is said in it: what does come is passed over, and what cannot be read as well
	for !errors.Is(err, io.EOF) {
		_, err = c.Read(b[:])
	}
	return nil
}

// alarms tells whether an alert stands in the clear among the records of a datagram (RFC 6347 §4.1). After the handshake
// anybody may have written it who can forge an address, and pion would believe it.
func alarms(datagram []byte) bool {
	const head, alert = 13, 21
	for len(datagram) >= head {
		epoch, length := binary.BigEndian.Uint16(datagram[3:]), int(binary.BigEndian.Uint16(datagram[11:]))
		if datagram[0] == alert && epoch == 0 {
			return true
		}
		datagram = datagram[min(head+length, len(datagram)):]
	}
	return false
}
