package srtp

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Line is one a=crypto attribute of SDP (RFC 4568 §4): one way to protect a stream, with the key of its writer.
type Line struct {
	Tag     int // 1 to 999,999,999; an answer repeats that of the line it takes
	Profile Profile
	Key     Key
}

// What is wrong with an a=crypto line. Nothing of the line itself is in an error, for it holds a key.
var (
	ErrLine    = errors.New("not an a=crypto line")
	ErrProfile = errors.New("a=crypto line of a suite that we do not have")
	ErrKey     = errors.New("a=crypto line whose key does not fit its suite")
	ErrWish    = errors.New("a=crypto line with a parameter that we do not follow")
)

// ParseLine reads what stands behind "a=crypto:". A lifetime is taken for what nobody reaches in a call; a line with a
// master key identifier, with several keys, or with a session parameter that changes the packets is refused: its writer
// has others, or no call with us.
func ParseLine(value string) (Line, error) {
	if len(value) > 512 {
		return Line{}, ErrLine
	}
	fields := strings.Fields(value)
	if len(fields) < 3 {
		return Line{}, ErrLine
	}
	tag, err := strconv.ParseUint(fields[0], 10, 32)
	if err != nil || tag == 0 || len(fields[0]) > 9 {
		return Line{}, ErrLine
	}
	profile, ok := ProfileOf(strings.ToUpper(fields[1]))
	if !ok {
		return Line{}, ErrProfile
	}
	for _, wish := range fields[3:] {
		if !harmless(wish) {
			return Line{}, ErrWish
		}
	}
	key, err := parseKey(profile, fields[2])
	if err != nil {
		return Line{}, err
	}
	return Line{Tag: int(tag), Profile: profile, Key: key}, nil
}

// harmless tells whether a session parameter leaves packets as they are (RFC 4568 §6.3): the window size is a hint, and
// one that begins with a dash may be passed over.
func harmless(wish string) bool {
	return strings.HasPrefix(wish, "-") || strings.HasPrefix(wish, "WSH=") || wish == "KDR=0"
}

// parseKey reads inline:KEY|LIFETIME|MKI:LENGTH.
func parseKey(p Profile, text string) (Key, error) {
	text, ok := strings.CutPrefix(text, "inline:")
	if !ok || strings.Contains(text, ";") {
		return nil, ErrWish
	}
	parts := strings.Split(text, "|")
	if len(parts) > 2 || len(parts) == 2 && !lifetime(parts[1]) {
		return nil, ErrWish
	}
	key, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(parts[0], "="))
	if err != nil || len(key) != p.KeyLength() {
		return nil, ErrKey
	}
	return key, nil
}

// lifetime tells whether text is a number of packets that no call reaches: 2^17 are 43 minutes of RTP at the least, and
// who wants new keys after that sends them in a re-INVITE.
func lifetime(text string) bool {
	if power, ok := strings.CutPrefix(text, "2^"); ok {
		n, err := strconv.ParseUint(power, 10, 8)
		return err == nil && n >= 17 && n <= 48
	}
	n, err := strconv.ParseUint(text, 10, 64)
	return err == nil && n >= 1<<17
}

// Attribute writes what stands behind "a=crypto:". It holds the key.
func (l Line) Attribute() string {
	return strconv.Itoa(l.Tag) + " " + l.Profile.String() + " inline:" + base64.StdEncoding.EncodeToString(l.Key)
}

// String is the line without its key.
func (l Line) String() string { return fmt.Sprintf("crypto %d %s", l.Tag, l.Profile) }

// Format writes the line without its key, whatever the verb.
func (l Line) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(l.String())) }
