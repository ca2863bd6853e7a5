package tone

import (
	"maps"
	"slices"
)

// Kind says what a tone tells the person who hears it.
type Kind uint8

// The kinds of tone. The beeps are the same everywhere.
const (
	Ringback      Kind = iota // the far telephone rings
	Busy                      // the called person is on the telephone
	Congestion                // the network cannot carry the call
	CallWaiting               // another call waits; for the party that is in a call
	Special                   // special information: the call cannot be completed, an announcement says why
	Dial                      // the exchange waits for digits
	VoicemailBeep             // speak now
	RecordingBeep             // the call is being recorded; every 15 s (ITU-T E.180)
	KeyBeep                   // a key was pressed that may not be heard itself
	kinds
)

var kindNames = [kinds]string{
	"ringback", "busy", "congestion", "call waiting", "special information", "dial",
	"voicemail beep", "recording beep", "key beep",
}

// String names the kind in English.
func (k Kind) String() string {
	if k >= kinds {
		return "no tone"
	}
	return kindNames[k]
}

// Named is the kind of a name that String gives; false when none has it.
func Named(name string) (k Kind, known bool) {
	i := slices.Index(kindNames[:], name)
	return Kind(max(i, 0)), i >= 0
}

// Default names the tones of a country that is not in the table: what ITU-T E.180 recommends and most of the
// world has.
const Default = ""

// Countries are the ISO 3166 codes in the table, sorted.
func Countries() []string {
	all := slices.Sorted(maps.Keys(table))
	return slices.DeleteFunc(all, func(c string) bool { return c == Default })
}

// Known says whether a country has tones of its own in the table.
func Known(country string) bool {
	_, known := table[country]
	return known && country != Default
}

// Of is the pattern of a tone in a country; a country that is not known has those of Default. What is no kind
// is nothing.
func Of(kind Kind, country string) Pattern {
	if kind >= kinds {
		return nil
	}
	if own, known := patterns[country]; known && own[kind] != nil {
		return own[kind]
	}
	return patterns[Default][kind]
}

// patterns are the table, read once; the test of the table says that every line can be read.
var patterns = func() map[string]*[kinds]Pattern {
	all := make(map[string]*[kinds]Pattern, len(table))
	for country, lines := range table {
		all[country] = &[kinds]Pattern{}
		for kind, text := range lines {
			if p, err := Parse(text); text != "" && err == nil {
				all[country][kind] = p
			}
		}
	}
	return all
}()
