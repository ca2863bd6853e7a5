// Package srtp protects RTP and RTCP packets (RFC 3711, RFC 6188, RFC 7714) and agrees on their keys in SDP (RFC 4568).
package srtp

import "fmt"

// Profile is how packets are protected; the zero Profile is none.
type Profile uint8

// The profiles, by their names in SDP without the dashes.
const (
	None         Profile = iota
	AES128SHA80          // AES-CM with 128 bits, HMAC-SHA1 with 80 (RFC 4568 §6.2)
	AES128SHA32          // the same with 32 bits in RTP; RTCP keeps 80
	AES256SHA80          // AES-CM with 256 bits (RFC 6188)
	AES256SHA32          // the same with 32 bits in RTP
	AES128GCM            // AES-GCM with 128 bits (RFC 7714)
	AES256GCM            // AES-GCM with 256 bits
	profileCount         // not a profile
)

// layout is what a profile measures, in bytes.
type layout struct {
	name    string // in a=crypto
	key     int
	salt    int
	tag     int // of RTP
	control int // of RTCP
}

var layouts = [profileCount]layout{
	None:        {name: "none"},
	AES128SHA80: {"AES_CM_128_HMAC_SHA1_80", 16, 14, 10, 10},
	AES128SHA32: {"AES_CM_128_HMAC_SHA1_32", 16, 14, 4, 10},
	AES256SHA80: {"AES_256_CM_HMAC_SHA1_80", 32, 14, 10, 10},
	AES256SHA32: {"AES_256_CM_HMAC_SHA1_32", 32, 14, 4, 10},
	AES128GCM:   {"AEAD_AES_128_GCM", 16, 12, 16, 16},
	AES256GCM:   {"AEAD_AES_256_GCM", 32, 12, 16, 16},
}

// ProfileOf finds a profile by its name in SDP; false when we have none of that name.
func ProfileOf(name string) (Profile, bool) {
	for p := None + 1; p < profileCount; p++ {
		if layouts[p].name == name {
			return p, true
		}
	}
	return None, false
}

// String is the profile's name in SDP (RFC 4568 §6.2, RFC 6188 §5.2, RFC 7714 §14.2), or "none".
func (p Profile) String() string {
	if p >= profileCount {
		return fmt.Sprintf("profile %d", uint8(p))
	}
	return layouts[p].name
}

// Known tells whether p is a profile that packets can be protected with.
func (p Profile) Known() bool { return p > None && p < profileCount }

// KeyLength is the bytes of master key and master salt together, 0 for None.
func (p Profile) KeyLength() int {
	if !p.Known() {
		return 0
	}
	return layouts[p].key + layouts[p].salt
}

// ControlOverhead is the bytes that ProtectControl adds to an RTCP packet: tag and index.
func (p Profile) ControlOverhead() int {
	if !p.Known() {
		return 0
	}
	return layouts[p].control + indexSize
}

// seals tells whether the profile is an AEAD.
func (p Profile) seals() bool { return p == AES128GCM || p == AES256GCM }
