package call

import (
	"time"

	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/tel"
)

// Rule is what the law of the customer's country or region asks for before a call is recorded (BX-18).
type Rule string

// The rules. Where nothing is asked for there is none.
const (
	RuleNotice Rule = "notice" // the customer hears of it, and may refuse by a key
	RuleOptIn  Rule = "opt_in" // nothing is recorded until the customer has agreed by a key
)

// Consent is the rule of the customer's number: Prompt is what both sides hear, Key what the customer keys. Replaced, never changed.
type Consent struct {
	Rule   Rule          `json:"rule"`
	Prompt prompt.Prompt `json:"prompt"`
	Key    tel.Digit     `json:"key"`
}

// ConsentOutcome is what has come of asking; empty: the customer has not been asked to the end.
type ConsentOutcome string

// The outcomes.
const (
	ConsentNoticed    ConsentOutcome = "noticed"    // heard of it and did not refuse
	ConsentOptedOut   ConsentOutcome = "opted_out"  // refused: the call is not recorded, or not any more
	ConsentOptedIn    ConsentOutcome = "opted_in"   // agreed
	ConsentUnanswered ConsentOutcome = "unanswered" // was asked to agree and keyed nothing: the call is not recorded
)

// ConsentSet says what has come of asking the customer. A later one replaces it.
type ConsentSet struct {
	Rule    Rule           `json:"rule"`
	Outcome ConsentOutcome `json:"outcome"`
}

func (ConsentSet) callEvent() {}

// consentTime is how long after the prompt the customer's key still counts: later ones mean something else.
const (
	consentTimer = "consent"
	consentTime  = 10 * time.Second
)

// asks tells whether both sides hear something before a recording that an agent, or nobody, has asked for: the consent that the
// customer's number needs, else the queue's notice (RC-9). Who keyed nothing is asked again when an agent wants it.
func (t *turn) asks(by id.Agent) bool {
	if t.Consent == nil {
		return t.Queue != nil && !t.NoticeHeard && !t.Queue.RecordingNotice.Empty()
	}
	return !t.Deciding && (t.Consented == "" || t.Consented == ConsentUnanswered && by != "")
}

// agreed tells whether the customer lets the call be recorded.
func (t *turn) agreed() bool {
	return t.Consent == nil || t.Consented == ConsentOptedIn || t.Consent.Rule == RuleNotice && t.Consented == ConsentNoticed
}

// informed goes on when the customer has heard the prompt: the key counts for a while more.
func (t *turn) informed(by id.Agent) {
	t.Deciding, t.Decider = true, by
	t.after(consentTime, consentTimer)
	if t.Consent.Rule == RuleNotice {
		t.consents(ConsentNoticed)
		t.beginRecording(by)
	}
}

func (t *turn) consents(o ConsentOutcome) {
	if t.Consented != o {
		t.Consented = o
		t.tell(ConsentSet{Rule: t.Consent.Rule, Outcome: o})
	}
}

// decided takes the customer's key, while it is asked for; false when it means something else.
func (t *turn) decided(p *Party, digit tel.Digit) bool {
	if t.Consent == nil || p.Kind != Customer || digit != t.Consent.Key || !t.Announcing && !t.Deciding || t.Treatment.On() {
		return false
	}
	by := t.Decider
	if t.Announcing {
		by = t.Announced
		t.stopAnnouncing()
	}
	t.undecided()
	if t.Consent.Rule == RuleOptIn {
		t.consents(ConsentOptedIn)
		if t.Stage == Active { // else it begins with the talk, if it is to begin by itself
			t.beginRecording(by)
		}
		return true
	}
	t.consents(ConsentOptedOut)
	t.AutoRecord = false
	if t.Recording.ID != "" {
		t.setRecording(RecordingOff, "")
		t.endRecording()
	}
	return true
}

// undecided ends the time for the key.
func (t *turn) undecided() {
	if t.Deciding {
		t.Deciding, t.Decider = false, ""
		t.do(StopTimer{Timer: consentTimer})
	}
}

// decisionOver is told that the time for the key is over.
func (t *turn) decisionOver() {
	if !t.Deciding || t.Stage == Ended {
		return
	}
	t.Deciding, t.Decider = false, ""
	if t.Consented == "" {
		t.consents(ConsentUnanswered)
	}
}
