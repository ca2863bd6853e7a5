package srtp

import (
	"crypto/aes"
	"errors"
	"strings"
	"testing"
)

func (s *stream) useKey(t *testing.T, key, salt []byte) {
	t.Helper()
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	s.block = block
	copy(s.salt[:], salt)
}

const (
	key30 = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"                         // of 30 bytes, the example of RFC 4568 §6.1
	key46 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLQ==" // of 46
	key28 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw=="                         // of 28
)

func TestLines(t *testing.T) {
	tests := []struct {
		name, in string
		tag      int
		profile  Profile
		err      error
	}{
		{"plain", "1 AES_CM_128_HMAC_SHA1_80 inline:" + key30, 1, AES128SHA80, nil},
		{"lifetime", "2 AES_CM_128_HMAC_SHA1_32 inline:" + key30 + "|2^20", 2, AES128SHA32, nil},
		{"lifetime in digits", "2 AES_CM_128_HMAC_SHA1_32 inline:" + key30 + "|1048576", 2, AES128SHA32, nil},
		{"long key", "3 AES_256_CM_HMAC_SHA1_80 inline:" + key46, 3, AES256SHA80, nil},
		{"no padding", "4 AEAD_AES_128_GCM inline:" + strings.TrimRight(key28, "="), 4, AES128GCM, nil},
		{"hints", "4 AEAD_AES_128_GCM inline:" + key28 + " WSH=64 -X=1 KDR=0", 4, AES128GCM, nil},
		{"identifier", "1 AES_CM_128_HMAC_SHA1_80 inline:" + key30 + "|2^20|1:4", 0, 0, ErrWish},
		{"identifier alone", "1 AES_CM_128_HMAC_SHA1_80 inline:" + key30 + "|1:4", 0, 0, ErrWish},
		{"two keys", "1 AES_CM_128_HMAC_SHA1_80 inline:" + key30 + ";inline:" + key30, 0, 0, ErrWish},
		{"short life", "1 AES_CM_128_HMAC_SHA1_80 inline:" + key30 + "|100", 0, 0, ErrWish},
		{"not encrypted", "1 AES_CM_128_HMAC_SHA1_80 inline:" + key30 + " UNENCRYPTED_SRTP", 0, 0, ErrWish},
		{"derived again", "1 AES_CM_128_HMAC_SHA1_80 inline:" + key30 + " KDR=5", 0, 0, ErrWish},
		{"unknown suite", "1 F8_128_HMAC_SHA1_80 inline:" + key30, 0, 0, ErrProfile},
		{"key of another suite", "1 AEAD_AES_128_GCM inline:" + key30, 0, 0, ErrKey},
		{"not base64", "1 AES_CM_128_HMAC_SHA1_80 inline:####", 0, 0, ErrKey},
		{"other method", "1 AES_CM_128_HMAC_SHA1_80 uri:x", 0, 0, ErrWish},
		{"no tag", "AES_CM_128_HMAC_SHA1_80 inline:" + key30 + " x", 0, 0, ErrLine},
		{"tag zero", "0 AES_CM_128_HMAC_SHA1_80 inline:" + key30, 0, 0, ErrLine},
		{"empty", "", 0, 0, ErrLine},
		{"long", strings.Repeat("1 ", 400), 0, 0, ErrLine},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, err := ParseLine(test.in)
			if !errors.Is(err, test.err) || l.Tag != test.tag || l.Profile != test.profile || len(l.Key) != test.profile.KeyLength() {
				t.Fatalf("%v %v", l, err)
			}
			if err == nil {
				if again, err := ParseLine(l.Attribute()); err != nil || again.Attribute() != l.Attribute() {
					t.Errorf("written as %d characters, read as %v: %v", len(l.Attribute()), again, err)
				}
			}
		})
	}
}

func FuzzLine(f *testing.F) {
	f.Add("1 AES_CM_128_HMAC_SHA1_80 inline:" + key30 + "|2^20|1:4 WSH=64")
	f.Add("4 AEAD_AES_128_GCM inline:" + key28)
	f.Fuzz(func(t *testing.T, text string) {
		l, err := ParseLine(text)
		if err != nil {
			return
		}
		if _, err := NewContext(l.Profile, l.Key); err != nil {
			t.Errorf("a line with a key that does not work: %v", err)
		}
		if again, err := ParseLine(l.Attribute()); err != nil || again.Tag != l.Tag || again.Profile != l.Profile || string(again.Key) != string(l.Key) {
			t.Error("a line that is not read as it was written")
		}
	})
}

// FuzzUnprotect: nothing that a stranger sends is taken, breaks us, or is remembered.
func FuzzUnprotect(f *testing.F) {
	good, err := contextOf(f, AES128SHA80).Protect(extended(1))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(control(1, strings.Repeat("z", 40)))
	f.Fuzz(func(t *testing.T, data []byte) {
		for p := range profiles {
			key := make(Key, p.KeyLength()) // not the key of the seeds
			c, err := NewContext(p, key)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.Unprotect(append([]byte(nil), data...)); err == nil {
				t.Errorf("%s: taken", p)
			}
			if _, err := c.UnprotectControl(append([]byte(nil), data...)); err == nil {
				t.Errorf("%s: taken as control", p)
			}
			if len(c.sources) != 0 {
				t.Errorf("%s: remembered", p)
			}
		}
	})
}

// FuzzTampered: with the right key too, nothing is taken but what was sent, and that only once.
func FuzzTampered(f *testing.F) {
	f.Add([]byte{0, 1}, []byte{10, 0x80})
	f.Add([]byte{3, 0, 0}, []byte{255})
	f.Fuzz(func(t *testing.T, where, what []byte) {
		for p := range profiles {
			sender, receiver := contextOf(t, p), contextOf(t, p)
			sound, err := sender.Protect(extended(1))
			if err != nil {
				t.Fatal(err)
			}
			report, err := sender.ProtectControl(control(1, "0123456789abcdefghij"))
			if err != nil {
				t.Fatal(err)
			}
			for name, c := range map[string]struct {
				packet []byte
				open   func([]byte) ([]byte, error)
			}{"sound": {sound, receiver.Unprotect}, "control": {report, receiver.UnprotectControl}} {
				bad := tampered(c.packet, where, what)
				same := string(bad) == string(c.packet)
				if _, err := c.open(append([]byte(nil), bad...)); (err == nil) != same {
					t.Errorf("%s, %s: changed %t, %v", p, name, !same, err)
				}
				if _, err := c.open(append([]byte(nil), c.packet...)); (err == nil) == same {
					t.Errorf("%s, %s: the true packet after it: taken before %t, %v", p, name, same, err)
				}
			}
		}
	})
}

// tampered has some bytes of a packet changed, or its end cut off or drawn out.
func tampered(packet, where, what []byte) []byte {
	bad := append([]byte(nil), packet...)
	for i := range min(len(where), len(what)) {
		bad[int(where[i])%len(bad)] ^= what[i]
	}
	switch more := len(where) - len(what); {
	case more > 0:
		bad = bad[:len(bad)-min(more, len(bad))]
	case more < 0:
		bad = append(bad, what[len(where):]...)
	}
	return bad
}
