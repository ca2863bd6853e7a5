package tel

// Diversion is why a call was sent on, in the words of the header Diversion (RFC 5806 §4.1).
type Diversion string

// The reasons.
const (
	DiversionUnknown       Diversion = "unknown"
	DiversionUnconditional Diversion = "unconditional"
	DiversionBusy          Diversion = "user-busy"
	DiversionNoAnswer      Diversion = "no-answer"
	DiversionUnavailable   Diversion = "unavailable"
	DiversionDoNotDisturb  Diversion = "do-not-disturb"
	DiversionFollowMe      Diversion = "follow-me"
	DiversionTimeOfDay     Diversion = "time-of-day"
	DiversionDeflection    Diversion = "deflection"
	DiversionOutOfService  Diversion = "out-of-service"
	DiversionAway          Diversion = "away"
)

// diversionWords says for people why a call was sent on.
var diversionWords = map[Diversion]string{
	DiversionUnconditional: "because all calls there are forwarded",
	DiversionBusy:          "because it was busy",
	DiversionNoAnswer:      "because nobody answered",
	DiversionUnavailable:   "because it could not be reached",
	DiversionDoNotDisturb:  "because nobody there wants to be disturbed",
	DiversionFollowMe:      "because calls follow whoever is called",
	DiversionTimeOfDay:     "because of the time of day",
	DiversionDeflection:    "because it was sent on while it rang",
	DiversionOutOfService:  "because it is out of service",
	DiversionAway:          "because nobody is there",
}

// Words says why the call was sent on, beginning with "because"; empty for a reason that nobody knows.
func (d Diversion) Words() string { return diversionWords[d] }

// Known is d, or DiversionUnknown for a word that is none of the reasons: nothing else may stand in a header.
func (d Diversion) Known() Diversion {
	if d.Words() != "" {
		return d
	}
	return DiversionUnknown
}
