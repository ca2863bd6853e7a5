package lab

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/internal/store"
)

const (
	trunkUser     = "parley-trunk"
	trunkPassword = "a password of the lab's carrier"
)

// noTrunks puts every trunk of a world out of use.
func noTrunks(ctx context.Context, db *store.DB) error {
	all, err := db.AllTrunks(ctx)
	if err != nil {
		return err
	}
	for i := range all {
		all[i].Active = false
		if err := db.UpdateTrunk(ctx, &all[i]); err != nil {
			return err
		}
	}
	return nil
}

// carriedBy leaves a world one way in: a trunk that registers to a carrier.
func carriedBy(r *registrar, password string) func(ctx context.Context, db *store.DB) error {
	return func(ctx context.Context, db *store.DB) error {
		if err := noTrunks(ctx, db); err != nil {
			return err
		}
		trunk := store.NewTrunk("Carrier of the lab", store.TrunkByRegister)
		trunk.Registrar, trunk.Proxy, trunk.FromDomain = r.at(), r.at(), registrarRealm
		trunk.Username, trunk.AuthUser = "+12025550100", trunkUser
		if err := db.CreateTrunk(ctx, &trunk); err != nil {
			return err
		}
		return db.SetTrunkPassword(ctx, trunk.ID, password)
	}
}

// TestRegisteredTrunk: the program registers to a carrier with digest and keeps that up, takes the calls that the
// carrier sends to the contact, and takes the contact back when it stops.
func TestRegisteredTrunk(t *testing.T) {
	t.Parallel()
	r := openRegistrar(t, "127.0.0.21", trunkUser, trunkPassword, 40)
	w := Start(t, Setup{Prepare: carriedBy(r, trunkPassword)})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	Eventually(t, "a REGISTER with the right digest", func() bool { return len(r.registrations()) > 0 })
	first := r.registrations()[0]
	if !strings.HasSuffix(first.Contact, "@"+w.SIP) || first.Expires <= 0 {
		t.Errorf("registered %+v for %s", first, w.SIP)
	}

	if got := stranger(t, w, "127.0.0.22").asks("INVITE", support, "+32470111222"); got != http.StatusForbidden {
		t.Errorf("a stranger who knows the number but not the contact is answered %d", got)
	}
	s := w.SIPp("registered", support, "-i", "127.0.0.21", "-key", "contact", first.Contact)
	ring := a.rung()
	if ring.Number != s.Number() || ring.QueueName != "Support" {
		t.Errorf("rung by %s for %s", ring.Number, ring.QueueName)
	}
	a.answer(ring)
	a.line("active")
	a.hears(sippVoice, agentVoice)
	s.Ends()
	if d := a.Record(ring.Call); d.Disposition != "answered" || d.To != support || d.From != s.Number() {
		t.Errorf("the record says %+v", d.CallRow)
	}

	Within(t, 40*time.Second, "the registration is refreshed before it expires", func() bool { return len(r.registrations()) > 1 })
	again := r.registrations()[1]
	if again.Contact != first.Contact || again.CallID != first.CallID || again.CSeq <= first.CSeq || again.Expires <= 0 {
		t.Errorf("refreshed %+v after %+v", again, first)
	}
	w.Term()
	w.Exited(Patience)
	all := r.registrations()
	if last := all[len(all)-1]; last.Expires != 0 || last.Contact != first.Contact {
		t.Errorf("the contact was not taken back, the last REGISTER is %+v", last)
	}
	if r.refusals() != 0 {
		t.Errorf("%d digests were wrong", r.refusals())
	}
}

// TestTrunkPasswordRefused: the operator reads in the log which trunk is not registered and why, and no password.
func TestTrunkPasswordRefused(t *testing.T) {
	t.Parallel()
	r := openRegistrar(t, "127.0.0.23", trunkUser, trunkPassword, 40)
	wrong := "not " + trunkPassword
	w := Start(t, Setup{Prepare: carriedBy(r, wrong)})
	told := regexp.MustCompile(`trunk not registered.*trunk.*code.*401.*user name or password refused`)
	Eventually(t, "the log tells why the trunk is not registered", func() bool { return told.MatchString(strings.Join(w.Log(), "\n")) })
	if r.refusals() == 0 || len(r.registrations()) != 0 {
		t.Errorf("%d digests were wrong, %d right", r.refusals(), len(r.registrations()))
	}
	for _, line := range w.Log() {
		if strings.Contains(line, trunkPassword) {
			t.Errorf("the log holds the password: %s", line)
		}
	}
	w.SignIn(w.Person("agent", 0)) // the rest works
}
