package tel

import "testing"

func TestCauseWords(t *testing.T) {
	tests := []struct {
		cause Cause
		want  string
	}{
		{CauseUnallocated, "the number does not exist"}, {CauseNoRoute, "there is no way to reach this number"},
		{CauseNormal, "normal end of call"}, {CauseBusy, "busy"}, {CauseNoAnswer, "no answer"},
		{CauseRejected, "the call was declined"}, {CauseNoCircuit, "no line is free"},
		{CauseRecoveryOnTimer, "the other side stopped responding"}, {CauseInterworking, "the call failed"},
		{0, "the call failed"}, {99, "the call failed"}, {-1, "the call failed"},
	}
	for _, test := range tests {
		if got := test.cause.Words(); got != test.want {
			t.Errorf("cause %d: %q, want %q", test.cause, got, test.want)
		}
	}
}

// TestEveryCauseHasWordsOfItsOwn: an agent can tell one from another.
func TestEveryCauseHasWordsOfItsOwn(t *testing.T) {
	said := map[string]Cause{}
	for cause, words := range causeWords {
		if other, twice := said[words]; twice || words == "" {
			t.Errorf("causes %d and %d both say %q", cause, other, words)
		}
		said[words] = cause
	}
}
