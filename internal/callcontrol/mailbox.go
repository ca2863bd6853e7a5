package callcontrol

import (
	"context"
	"fmt"
	"runtime/debug"

	"parley/internal/call"
	"parley/internal/dialin"
	"parley/internal/id"
	"parley/internal/treatment"
)

// Mailboxes is what a caller in a mailbox consults. It may take a moment: it is asked in a goroutine.
type Mailboxes interface {
	// Open gives the messages of the mailbox that c names to who knows its PIN; where it names none, of the one with these digits.
	Open(ctx context.Context, org id.Org, c treatment.Consult, digits, pin string) treatment.Told
	ChangePIN(ctx context.Context, org id.Org, which id.Mailbox, pin string) treatment.Told
	// Consult does all that needs no key.
	Consult(ctx context.Context, org id.Org, c treatment.Consult) treatment.Told
}

// doMailbox does what a caller in a mailbox wants.
func (x *Exchange) doMailbox(c *call.Call, action call.Action) {
	switch a := action.(type) {
	case call.CollectKeys:
		x.vault.collect(a.Leg, dialin.Stage(a.Field), a.Most)
	case call.ConsultMailbox:
		which, org := c.ID, c.Org
		x.planned(func(ctx context.Context) {
			told := x.consult(ctx, org, a)
			if a.Serial == 0 {
				return
			}
			told.Serial = a.Serial
			x.postCall(which, call.MailboxTold{Told: told})
		})
	}
}

// consult asks the mailboxes and always has an answer.
func (x *Exchange) consult(ctx context.Context, org id.Org, a call.ConsultMailbox) (told treatment.Told) {
	defer func() {
		if v := recover(); v != nil {
			x.Log.Error("a mailbox broke", "mailbox", a.Mailbox, "err", fmt.Sprint(v), "stack", string(debug.Stack()))
			x.broken.Add(1)
			told = treatment.Told{Verdict: treatment.Failed}
		}
	}()
	switch {
	case x.Mailboxes == nil:
		return treatment.Told{Verdict: treatment.Failed}
	case a.Do == treatment.OpenBox:
		keyed := x.vault.take(a.Leg)
		told = x.Mailboxes.Open(ctx, org, a.Consult, keyed[dialin.Stage(treatment.FieldBox)], keyed[dialin.Stage(treatment.FieldPIN)])
		x.vault.forget(a.Leg) // until now keys were too many, and nobody's
	case a.Do == treatment.ChangePIN:
		keyed := x.vault.take(a.Leg)
		told = x.changePIN(ctx, org, a.Mailbox, keyed[dialin.Stage(treatment.FieldNew)], keyed[dialin.Stage(treatment.FieldAgain)])
		x.vault.forget(a.Leg)
	default:
		told = x.Mailboxes.Consult(ctx, org, a.Consult)
	}
	return told
}

func (x *Exchange) changePIN(ctx context.Context, org id.Org, which id.Mailbox, pin, again string) treatment.Told {
	if pin != again {
		return treatment.Told{Verdict: treatment.Unequal}
	}
	return x.Mailboxes.ChangePIN(ctx, org, which, pin)
}

// secret keeps a key from a call that has fields collected: the call hears that there was one. False: it is no secret.
func (x *Exchange) secret(which id.Call, s call.Signal) bool {
	key, pressed := s.(call.LegDigit)
	if !pressed || !x.vault.holds(key.Leg) {
		return false
	}
	took, done := x.vault.press(key.Leg, key.Digit)
	if took {
		x.postCall(which, call.KeyPressed{Leg: key.Leg})
	}
	if done {
		x.postCall(which, call.FieldDone{Leg: key.Leg})
	}
	return true
}

// forgetKeys drops what was keyed in a call that is over.
func (x *Exchange) forgetKeys(c *call.Call) {
	for i := range c.Parties {
		x.vault.forget(c.Parties[i].Leg)
	}
}
