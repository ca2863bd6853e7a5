package sip

import (
	"testing"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/tel"
)

// TestReasonElsewhere tells a phone that another one has answered, so that it lists no missed call (RFC 3326 §1), and reads
// the cause back.
func TestReasonElsewhere(t *testing.T) {
	req := sipgo.NewRequest(sipgo.CANCEL, sipgo.Uri{Host: "phone"})
	req.AppendHeader(reasonOf(tel.CauseElsewhere))
	const want = `SIP;cause=200;text="Call completed elsewhere",Q.850;cause=26;text="the call was answered elsewhere"`
	if got := req.GetHeader("Reason").Value(); got != want {
		t.Errorf("Reason: %s", got)
	}
	if cause, text := readReason(req); cause != tel.CauseElsewhere || text != tel.CauseElsewhere.Words() {
		t.Errorf("read as %d, %q", cause, text)
	}
	if got := reasonOf(tel.CauseNormal).Value(); got != `Q.850;cause=16;text="normal end of call"` {
		t.Errorf("Reason: %s", got)
	}
}
