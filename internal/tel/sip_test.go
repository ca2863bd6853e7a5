package tel

import "testing"

func TestStatusAndCause(t *testing.T) {
	tests := []struct {
		cause  Cause
		status int
		back   Cause
	}{
		{CauseUnallocated, 404, CauseUnallocated}, {CauseBusy, 486, CauseBusy}, {CauseRejected, 603, CauseRejected},
		{CauseNormal, 480, CauseNoResponse}, {CauseInvalidNumber, 484, CauseInvalidNumber}, {CauseIncompatible, 488, CauseIncompatible},
		{CauseNoCircuit, 503, CauseTemporaryFailure}, {CauseInterworking, 500, CauseTemporaryFailure}, {99, 480, CauseNoResponse},
	}
	for _, test := range tests {
		if got := test.cause.Status(); got != test.status {
			t.Errorf("cause %d: status %d, not %d", test.cause, got, test.status)
		}
		if got := CauseOfStatus(test.status); got != test.back {
			t.Errorf("status %d: cause %d, not %d", test.status, got, test.back)
		}
	}
	if got := CauseOfStatus(699); got != CauseInterworking {
		t.Errorf("status 699: cause %d", got)
	}
}

func TestSIPUser(t *testing.T) {
	for user, want := range map[string]string{"+3225550100": "+3225550100", "a b@c": "a%20b%40c", "x\r\nVia: y": "x%0D%0AVia%3A%20y", "é": "%C3%A9"} {
		if got := SIPUser(user); got != want {
			t.Errorf("%q: %q, not %q", user, got, want)
		}
	}
}
