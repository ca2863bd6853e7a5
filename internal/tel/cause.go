package tel

// Cause is a Q.850 cause value, 1 to 127 (ITU-T Q.850 table 1); 0 means not known.
type Cause int

// The causes that Parley uses.
const (
	CauseUnallocated       Cause = 1
	CauseNoRoute           Cause = 3
	CauseNormal            Cause = 16
	CauseBusy              Cause = 17
	CauseNoResponse        Cause = 18
	CauseNoAnswer          Cause = 19
	CauseRejected          Cause = 21
	CauseElsewhere         Cause = 26 // non-selected user clearing: another one answered
	CauseInvalidNumber     Cause = 28
	CauseNormalUnspecified Cause = 31
	CauseNoCircuit         Cause = 34
	CauseNetworkOutOfOrder Cause = 38
	CauseTemporaryFailure  Cause = 41
	CauseCongestion        Cause = 42
	CauseNotAllowed        Cause = 57
	CauseNotImplemented    Cause = 79
	CauseIncompatible      Cause = 88
	CauseRecoveryOnTimer   Cause = 102
	CauseInterworking      Cause = 127
)

var causeWords = map[Cause]string{
	CauseUnallocated:       "the number does not exist",
	CauseNoRoute:           "there is no way to reach this number",
	CauseNormal:            "normal end of call",
	CauseBusy:              "busy",
	CauseNoResponse:        "the other side did not respond",
	CauseNoAnswer:          "no answer",
	CauseRejected:          "the call was declined",
	CauseElsewhere:         "the call was answered elsewhere",
	CauseInvalidNumber:     "the number is incomplete or has a wrong form",
	CauseNormalUnspecified: "the call ended",
	CauseNoCircuit:         "no line is free",
	CauseNetworkOutOfOrder: "the carrier cannot be reached",
	CauseTemporaryFailure:  "a temporary failure, try again",
	CauseCongestion:        "the network is congested, try again",
	CauseNotAllowed:        "this call is not allowed",
	CauseNotImplemented:    "the other side does not support this kind of call",
	CauseIncompatible:      "no common way to carry the sound",
	CauseRecoveryOnTimer:   "the other side stopped responding",
	CauseInterworking:      "the call failed",
}

// Words says the cause so that an agent understands it.
func (c Cause) Words() string {
	if w, ok := causeWords[c]; ok {
		return w
	}
	return causeWords[CauseInterworking]
}
