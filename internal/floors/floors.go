// Package floors says which package stands on which floor of the house, and what it may import: only from lower
// floors, from its own wing, and each third-party module only at its home. Its test reads the imports of the tree.
package floors

import (
	"fmt"
	"slices"
	"strings"
)

const module = "parley/"

// wing is a side of the house on floors 1 and 2; the two sides meet again on floor 3.
type wing string

const (
	middle wing = ""
	left   wing = "left"  // decides and touches nothing
	right  wing = "right" // touches the world and knows nothing of contact centres
)

// floor is some packages that may not import each other.
type floor struct {
	level    float64 // 0.5 is the mezzanine: pure sound, which knows the words and which the media engine stands on
	wing     wing
	packages []string
}

// house lists every package below internal/ by its path there, those of cmd/ with that prefix, and web, which only
// carries the built web app.
var house = []floor{
	{-1, middle, []string{"clock"}}, // the cellar
	{0, middle, []string{"id", "tel", "dest", "prompt", "schedule", "owner", "sounds", "web", "quality", "skill"}},
	{0.5, left, []string{"settings", "treatment"}},
	{0.5, right, []string{"codec", "resample", "jitter", "dtmf", "tone", "amd", "srtp"}},
	{1, left, []string{
		"call", "station", "dialin", "acd", "routing", "dialing", "conversation", "crm", "campaign", "access", "presence",
	}},
	{1, right, []string{"media", "audiofile", "ice", "door"}},
	{2, left, []string{"report", "store"}},
	{2, right, []string{"sip", "rtc", "speech", "channel/email", "channel/webhook", "channel/chat", "channel/sms", "tokenizer"}},
	{2.5, middle, []string{"playback"}},
	{3, middle, []string{"callcontrol", "dispatch", "guard", "inbox", "live", "jobs", "carrier", "site", "voicemail", "bell"}},
	{3.5, middle, []string{"figures", "retention"}},
	{4, middle, []string{"api", "demo", "bench", "simulator"}},
	{5, middle, []string{"app"}},
	{6, middle, []string{"cmd/parley"}},
}

// beside lists what stands beside the house: it may import everything, and nothing in the house may import it.
var beside = []string{"lab", "floors", "story", "testdb", "dtmf/voices"}

// homes says which packages may import a third-party module, by the longest matching prefix of the import path.
var homes = map[string][]string{
	"github.com/emiago/sipgo":             {"sip"},
	"github.com/icholy/digest":            {"sip"},
	"github.com/pion/dtls":                {"rtc"},
	"github.com/pion/logging":             {"rtc"},
	"github.com/pion/sdp":                 {"rtc"},
	"github.com/pion/stun":                {"rtc"},
	"github.com/pion/turn":                {"rtc"},
	"github.com/pion/webrtc":              {"bench"}, // plays the browsers; the house has packets, SRTP and ICE of its own
	"github.com/uptrace/bun":              {"store"},
	"github.com/jackc/pgx":                {"store"},
	"modernc.org/sqlite":                  {"store"},
	"github.com/alexedwards/argon2id":     {"store"},
	"github.com/danielgtaylor/huma":       {"api"},
	"github.com/coder/websocket":          {"api", "bench"},
	"github.com/prometheus/client_golang": {"api", "app"},
	"github.com/alecthomas/kong":          {"app", "cmd/parley"},
	"github.com/nyaruka/phonenumbers":     {"tel"},
	"github.com/google/uuid":              {"id"},
	"github.com/hajimehoshi/go-mp3":       {"audiofile"},
	"github.com/wneessen/go-mail":         {"channel/email"},
	"golang.org/x/crypto/acme":            {"app"},
	"golang.org/x/net/ipv4":               {"media"}, // where the system is none of Linux
	"golang.org/x/sys":                    {"media", "sip", "rtc", "store", "carrier", "bench", "app"},
}

// complaint says in one sentence what is wrong with an import of one package by another, or "" when it is allowed.
// The importing package is named as in house; what it imports by its whole import path.
func complaint(from, path string) string {
	if slices.Contains(beside, from) {
		return ""
	}
	mine, known := find(from)
	if !known {
		return fmt.Sprintf("package %s has no floor: add it to the list", from)
	}
	to, ours := strings.CutPrefix(path, module)
	if !ours {
		return outside(from, path)
	}
	to = strings.TrimPrefix(to, "internal/")
	if slices.Contains(beside, to) || strings.HasPrefix(to, "tools/") {
		return fmt.Sprintf("%s imports %s, which stands beside the house: only tests may", from, to)
	}
	theirs, known := find(to)
	switch {
	case !known:
		return fmt.Sprintf("package %s has no floor: add it to the list", to)
	case theirs.level >= mine.level:
		return fmt.Sprintf("%s (floor %v) imports %s (floor %v): imports go only to a lower floor",
			from, mine.level, to, theirs.level)
	case mine.wing != middle && theirs.wing != middle && mine.wing != theirs.wing:
		return fmt.Sprintf("%s (%s wing) imports %s (%s wing): the wings meet only on floor 3",
			from, mine.wing, to, theirs.wing)
	}
	return ""
}

func find(name string) (floor, bool) {
	for _, f := range house {
		if slices.Contains(f.packages, name) {
			return f, true
		}
	}
	return floor{}, false
}

// outside judges an import of the standard library, which is free, or of a third-party module.
func outside(from, path string) string {
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return ""
	}
	longest := ""
	for prefix := range homes {
		inside := path == prefix || strings.HasPrefix(path, prefix+"/")
		if inside && len(prefix) > len(longest) {
			longest = prefix
		}
	}
	switch {
	case longest == "":
		return fmt.Sprintf("%s imports %s, a module without a home: add it to the list", from, path)
	case !slices.Contains(homes[longest], from):
		return fmt.Sprintf("%s imports %s, which only %s may import", from, path, strings.Join(homes[longest], " and "))
	}
	return ""
}
