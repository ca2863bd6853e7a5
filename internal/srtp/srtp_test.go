package srtp

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	pion "github.com/pion/srtp/v3"
)

var profiles = map[Profile]pion.ProtectionProfile{
	AES128SHA80: pion.ProtectionProfileAes128CmHmacSha1_80, AES128SHA32: pion.ProtectionProfileAes128CmHmacSha1_32,
	AES256SHA80: pion.ProtectionProfileAes256CmHmacSha1_80, AES256SHA32: pion.ProtectionProfileAes256CmHmacSha1_32,
	AES128GCM: pion.ProtectionProfileAeadAes128Gcm, AES256GCM: pion.ProtectionProfileAeadAes256Gcm,
}

func each(t *testing.T, do func(*testing.T, Profile)) {
	for p := range profiles {
		t.Run(p.String(), func(t *testing.T) { do(t, p) })
	}
}

func keyOf(t testing.TB, p Profile) Key {
	t.Helper()
	key, err := Secret{1, 2, 3}.Key(p, 0)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func contextOf(t testing.TB, p Profile) *Context {
	t.Helper()
	c, err := NewContext(p, keyOf(t, p))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func pionOf(t testing.TB, p Profile) *pion.Context {
	t.Helper()
	key := keyOf(t, p)
	c, err := pion.CreateContext(key[:layouts[p].key], key[layouts[p].key:], profiles[p],
		pion.SRTPReplayProtection(128), pion.SRTCPReplayProtection(128))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func packet(sequence uint16, ssrc uint32, body string) []byte {
	b := make([]byte, 12, 256)
	b[0], b[1] = 0x80, 8
	binary.BigEndian.PutUint16(b[2:], sequence)
	binary.BigEndian.PutUint32(b[4:], uint32(sequence)*160)
	binary.BigEndian.PutUint32(b[8:], ssrc)
	return append(b, body...)
}

// extended is a packet with a contributor and an extension.
func extended(sequence uint16) []byte {
	b := packet(sequence, 7, "\x01\x02\x03\x04\xbe\xde\x00\x01\x10\xff\x00\x00the sound")
	b[0] |= 0x11
	return b
}

func control(ssrc uint32, body string) []byte {
	b := make([]byte, 8, 256)
	b[0], b[1], b[3] = 0x81, 201, 7
	binary.BigEndian.PutUint32(b[4:], ssrc)
	return append(b, body...)
}

// TestKeyDerivation: the vectors of RFC 3711 appendix B.3.
func TestKeyDerivation(t *testing.T) {
	master, _ := hex.DecodeString("E1F97A0D3E018BE0D64FA32C06DE4139" + "0EC675AD498AFEEBB6960B3AABE6")
	tests := []struct {
		name  string
		label byte
		size  int
		want  string
	}{
		{"cipher key", labelKey, 16, "C61E7A93744F39EE10734AFE3FF7A087"},
		{"cipher salt", labelSalt, 14, "30CBBC08863D8C85D49DB34A9AE1"},
		{"auth key", labelAuth, 94, "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCEE049646C43D9327AD175578EF72270986371C10C9A369AC2F94A8C5FBCDDDC256D6E919A48B610EF17C2041E474035766B68642C59BBFC2F34DB60DBDFB2"},
	}
	for _, test := range tests {
		got, err := derive(AES128SHA80, master, test.label, test.size)
		if err != nil || !strings.EqualFold(hex.EncodeToString(got), test.want) {
			t.Errorf("%s: %X %v", test.name, got, err)
		}
	}
}

// TestKeystream: the vectors of RFC 3711 appendix B.2, with SSRC and index zero.
func TestKeystream(t *testing.T) {
	var s stream
	key, _ := hex.DecodeString("2B7E151628AED2A6ABF7158809CF4F3C")
	salt, _ := hex.DecodeString("F0F1F2F3F4F5F6F7F8F9FAFBFCFD")
	s.useKey(t, key, salt)
	data := make([]byte, 48)
	s.crypt(data, 0, 0)
	want := "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0"
	if got := hex.EncodeToString(data); !strings.EqualFold(got, want) {
		t.Errorf("keystream %s", got)
	}
}

// TestAgainstPion: what one side protects the other reads, past the roll-over of sequence numbers, for RTP and RTCP.
func TestAgainstPion(t *testing.T) {
	each(t, func(t *testing.T, p Profile) {
		ours, theirs, back := contextOf(t, p), pionOf(t, p), contextOf(t, p)
		theirSender := pionOf(t, p)
		for i := range 2000 {
			plain := packet(uint16(i+65000), 7, "a frame of sound")
			if i%100 == 0 {
				plain = extended(uint16(i + 65000))
			}
			protected, err := ours.Protect(bytes.Clone(plain))
			if err != nil {
				t.Fatal(i, err)
			}
			if len(protected) != len(plain)+layouts[p].tag {
				t.Fatalf("%d bytes more", len(protected)-len(plain))
			}
			if got, err := theirs.DecryptRTP(nil, protected, nil); err != nil || !bytes.Equal(got, plain) {
				t.Fatalf("packet %d: pion reads %x, %v", i, got, err)
			}
			theirProtected, err := theirSender.EncryptRTP(nil, plain, nil)
			if err != nil || !bytes.Equal(theirProtected, protected) {
				t.Fatalf("packet %d: pion writes %x, we %x, %v", i, theirProtected, protected, err)
			}
			if got, err := back.Unprotect(theirProtected); err != nil || !bytes.Equal(got, plain) {
				t.Fatalf("packet %d: we read %x, %v", i, got, err)
			}
		}
	})
}

func TestControlAgainstPion(t *testing.T) {
	each(t, func(t *testing.T, p Profile) {
		ours, theirs, back, theirSender := contextOf(t, p), pionOf(t, p), contextOf(t, p), pionOf(t, p)
		for i := range 300 {
			plain := control(7, fmt.Sprintf("report of twenty-four by%03d", i)+"x")
			protected, err := ours.ProtectControl(bytes.Clone(plain))
			if err != nil || len(protected) != len(plain)+p.ControlOverhead() {
				t.Fatal(len(protected), err)
			}
			if got, err := theirs.DecryptRTCP(nil, protected, nil); err != nil || !bytes.Equal(got, plain) {
				t.Fatalf("pion reads %x, %v", got, err)
			}
			theirProtected, err := theirSender.EncryptRTCP(nil, plain, nil)
			if err != nil {
				t.Fatal(err)
			}
			again := bytes.Clone(theirProtected)
			if got, err := back.UnprotectControl(theirProtected); err != nil || !bytes.Equal(got, plain) {
				t.Fatalf("we read %x, %v", got, err)
			}
			if _, err := back.UnprotectControl(again); !errors.Is(err, ErrReplayed) {
				t.Fatalf("replayed: %v", err)
			}
		}
	})
}

// TestUnencryptedControl: packets without the E bit are authenticated only (RFC 3711 §3.4, RFC 7714 §9.3).
func TestUnencryptedControl(t *testing.T) {
	c := contextOf(t, AES128SHA80)
	suite, ok := c.suite.(*counter)
	if !ok {
		t.Fatal("no counter")
	}
	plain := control(7, "readable")
	open := binary.BigEndian.AppendUint32(bytes.Clone(plain), 5)
	open = append(open, suite.control.code(plain, 5)[:10]...)
	if got, err := c.UnprotectControl(open); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("HMAC: %x %v", got, err)
	}

	g := contextOf(t, AES128GCM)
	aead, ok := g.suite.(*sealer)
	if !ok {
		t.Fatal("no sealer")
	}
	aad := binary.BigEndian.AppendUint32(bytes.Clone(plain), 5)
	sealed := aead.control.aead.Seal(bytes.Clone(plain), aead.control.at(7, 5), nil, aad)
	sealed = binary.BigEndian.AppendUint32(sealed, 5)
	forged := bytes.Clone(sealed)
	forged[9] ^= 1
	if _, err := g.UnprotectControl(forged); !errors.Is(err, ErrForged) {
		t.Errorf("GCM forged: %v", err)
	}
	if got, err := g.UnprotectControl(sealed); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("GCM: %x %v", got, err)
	}
}

func TestReplayAndOrder(t *testing.T) {
	each(t, func(t *testing.T, p Profile) {
		sender, receiver := contextOf(t, p), contextOf(t, p)
		sent := map[int][]byte{}
		for i := range 400 {
			protected, err := sender.Protect(packet(uint16(65400+i), 9, "sound"))
			if err != nil {
				t.Fatal(err)
			}
			sent[i] = protected
		}
		steps := []struct {
			packet int
			want   error
		}{
			{10, nil}, {10, ErrReplayed}, {5, nil}, {5, ErrReplayed}, {137, nil}, {136, nil}, {11, nil}, {9, ErrReplayed},
			{200, nil}, {150, nil}, {200, ErrReplayed}, {150, ErrReplayed}, {399, nil}, {273, nil}, {271, ErrReplayed}, {273, ErrReplayed},
		}
		for n, step := range steps {
			if _, err := receiver.Unprotect(bytes.Clone(sent[step.packet])); !errors.Is(err, step.want) {
				t.Errorf("step %d, packet %d: %v, not %v", n, step.packet, err, step.want)
			}
		}
	})
}

func TestForgedPackets(t *testing.T) {
	each(t, func(t *testing.T, p Profile) {
		sender, receiver := contextOf(t, p), contextOf(t, p)
		good, err := sender.Protect(extended(100))
		if err != nil {
			t.Fatal(err)
		}
		for i := range good {
			bad := bytes.Clone(good)
			bad[i] ^= 0x40
			if plain, err := receiver.Unprotect(bad); err == nil {
				t.Fatalf("byte %d changed, and taken as %x", i, plain)
			}
		}
		if len(receiver.sources) != 0 {
			t.Error("a forged packet was noted")
		}
		for i := range good {
			if _, err := receiver.Unprotect(bytes.Clone(good[:i])); err == nil {
				t.Fatalf("cut to %d bytes, and taken", i)
			}
		}
		if _, err := receiver.Unprotect(good); err != nil {
			t.Errorf("the good one: %v", err)
		}
	})
}

// TestNothingIsProtectedTwice: the keystream of a sequence number is used once.
func TestNothingIsProtectedTwice(t *testing.T) {
	c := contextOf(t, AES128SHA80)
	if _, err := c.Protect(packet(5, 1, "one")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Protect(packet(5, 1, "two")); !errors.Is(err, ErrReplayed) {
		t.Errorf("twice: %v", err)
	}
	for i := range uint32(maxSources - 1) {
		if _, err := c.Protect(packet(5, 2+i, "")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Protect(packet(5, 1000, "")); !errors.Is(err, ErrFull) {
		t.Errorf("one source too many: %v", err)
	}
}

func TestBadInput(t *testing.T) {
	c := contextOf(t, AES128GCM)
	short := packet(1, 1, "")
	short[0] |= 0x0F
	for name, p := range map[string][]byte{"empty": nil, "short": {0x80, 0}, "version": make([]byte, 40), "contributors": short} {
		if _, err := c.Protect(p); !errors.Is(err, ErrMalformed) {
			t.Errorf("protect %s: %v", name, err)
		}
		if _, err := c.Unprotect(p); !errors.Is(err, ErrMalformed) {
			t.Errorf("unprotect %s: %v", name, err)
		}
	}
	if _, err := c.ProtectControl(make([]byte, 30)); !errors.Is(err, ErrMalformed) {
		t.Errorf("control: %v", err)
	}
	for _, p := range []Profile{None, profileCount, 200} {
		if _, err := NewContext(p, nil); err == nil {
			t.Errorf("%s taken", p)
		}
	}
	if _, err := NewContext(AES128GCM, make(Key, 30)); err == nil {
		t.Error("a key of another length taken")
	}
}

func TestNoAllocation(t *testing.T) {
	each(t, func(t *testing.T, p Profile) {
		sender, receiver := contextOf(t, p), contextOf(t, p)
		buf := make([]byte, 0, 512)
		sound := packet(0, 1, strings.Repeat("x", 160))
		report := control(1, strings.Repeat("y", 44))
		n := uint16(0)
		allocs := testing.AllocsPerRun(500, func() {
			n++
			binary.BigEndian.PutUint16(sound[2:], n)
			out, err := sender.Protect(append(buf, sound...))
			if err == nil {
				out, err = receiver.Unprotect(out)
			}
			if err != nil || !bytes.Equal(out, sound) {
				t.Fatal(err)
			}
			out, err = sender.ProtectControl(append(buf, report...))
			if err == nil {
				out, err = receiver.UnprotectControl(out)
			}
			if err != nil || !bytes.Equal(out, report) {
				t.Fatal(err)
			}
		})
		if allocs != 0 {
			t.Errorf("%v allocations a packet", allocs)
		}
	})
}

func TestKeysAreNeverPrinted(t *testing.T) {
	secret := NewSecret()
	if secret == NewSecret() {
		t.Fatal("two secrets are the same")
	}
	key := keyOf(t, AES128SHA80)
	line := Line{Tag: 1, Profile: AES128SHA80, Key: key}
	said := fmt.Sprintf("%v %+v %#v %s %x %q %d", key, key, key, key, key, key, []any{key, &line, line, secret, &secret})
	said += fmt.Sprintf("%v %+v %#v %x %d", secret, line, line, line, struct{ K Key }{key})
	text, err := json.Marshal(struct {
		K Key
		S Secret
	}{key, secret})
	if err != nil {
		t.Fatal(err)
	}
	said += string(text)
	for _, hidden := range []string{hex.EncodeToString(key[:4]), string(key[:4]), fmt.Sprintf("%v", []byte(key[:4]))[1:8], line.Attribute()[30:40]} {
		if strings.Contains(strings.ToLower(said), strings.ToLower(hidden)) {
			t.Errorf("a key is in %s", said)
		}
	}
}

func BenchmarkProtect(b *testing.B) {
	for p := None + 1; p < profileCount; p++ {
		b.Run(p.String(), func(b *testing.B) {
			c := contextOf(b, p)
			buf := make([]byte, 0, 256)
			sound := packet(0, 1, strings.Repeat("x", 160))
			b.ReportAllocs()
			for n := uint16(0); b.Loop(); n++ {
				binary.BigEndian.PutUint16(sound[2:], n)
				if _, err := c.Protect(append(buf, sound...)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
