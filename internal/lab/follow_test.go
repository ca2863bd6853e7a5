package lab

import (
	"context"
	"slices"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/store"
)

// home is the second number of the agents in these tests, and homeVoice who answers there.
const (
	home      = "+12025550198"
	homeVoice = 1700
)

// following has the calls of who is reached by the direct number ring at a mobile and at home too.
func following(way string) func(ctx context.Context, db *store.DB) error {
	return func(ctx context.Context, db *store.DB) error {
		if err := inEnglish(ctx, db); err != nil {
			return err
		}
		shelves := db.Shelves()
		org, err := shelves.Org.All(ctx)
		if err != nil {
			return err
		}
		org[0].Fields.Dialing.ExternalForwarding = true
		if _, err := shelves.Org.Update(ctx, store.Actor{}, org[0].ID, org[0].Version, org[0].Fields); err != nil {
			return err
		}
		numbers, err := shelves.Numbers.All(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(numbers, func(n store.Saved[settings.Number]) bool { return n.Fields.PhoneNumber == direct })
		agent, err := shelves.Agents.Get(ctx, numbers[i].Fields.Destination.Target)
		if err != nil {
			return err
		}
		agent.Fields.FollowMe, agent.Fields.DefaultLanguage = way, "en"
		agent.Fields.FollowNumbers = []settings.FollowNumber{{To: mobile, RingSeconds: 30}, {To: home, DelaySeconds: 1, RingSeconds: 30}}
		if _, err := shelves.Agents.Update(ctx, store.Actor{}, agent.ID, agent.Version, agent.Fields); err != nil {
			return err
		}
		user, err := shelves.Users.Get(ctx, agent.Fields.User)
		if err != nil {
			return err
		}
		user.Fields.Switches.ExternalForwarding = true
		_, err = shelves.Users.Update(ctx, store.Actor{}, user.ID, user.Version, user.Fields)
		return err
	}
}

// twoPhones is a network in which a mobile and a telephone at home answer, each with a voice of its own.
func twoPhones(t *testing.T) (*carrier.Carrier, chan *carrier.Call) {
	t.Helper()
	far := make(chan *carrier.Call, 4)
	return network(t, carrier.Config{
		Answer: func(called, _ string) carrier.Behaviour {
			voice := otherVoice
			if called == home {
				voice = homeVoice
			}
			return carrier.Behaviour{Speak: Tone(voice), Loop: true, Listen: true}
		},
		Arrived: func(k *carrier.Call) { far <- k },
	}), far
}

// followed gives what the record of the call from a number says of where it rang besides.
func (a *agent) followed(from string) (told []string) {
	for _, e := range a.Record(a.CallFrom(from)).Timeline {
		if e.Kind == "follow-over" {
			told = append(told, e.Params["text"]+" "+e.Params["result"])
		}
	}
	return told
}

// TestFollowMe: a direct call rings at Ann's page and at two numbers at once. Both hear who calls and which key takes the call; the one
// that presses it has the caller, and the other and the page are let go (BX-29).
func TestFollowMe(t *testing.T) {
	t.Parallel()
	n, far := twoPhones(t)
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}, Prepare: following("at_once")})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	boss := sitDown(t, w, w.Person("admin", 0))
	k := caller(t, network(t, carrier.Config{}), w, direct, "+32470111222", callerVoice)
	ann.rung()
	phones := map[string]*carrier.Call{}
	for range 2 {
		p := received(t, far)
		phones[p.Called()] = p
	}
	for _, number := range []string{mobile, home} {
		if phones[number] == nil {
			t.Fatalf("%s was not called, but %v", number, phones)
		}
	}
	hearsSound(t, phones[home], "who calls and which key", inWords(t, prompt.OfStandard(prompt.FollowAccept)))
	if pcm := k.Heard(300 * time.Millisecond); HasTone(pcm, homeVoice) || HasTone(pcm, otherVoice) {
		t.Error("the caller hears a number before the key")
	}
	if err := phones[home].Press("1"); err != nil {
		t.Fatal(err)
	}
	hearsTone(t, k, homeVoice, callerVoice, otherVoice, agentVoice)
	hearsTone(t, phones[home], callerVoice, homeVoice, otherVoice)
	ended(t, phones[mobile])
	ann.Wait("the page rings no more", func(p live.Snapshot) bool { return len(p.Me.Lines) == 0 || p.Me.Lines[0].State != "incoming" })
	k.HangUp()
	ended(t, phones[home])
	if got := boss.followed("+32470111222"); !slices.Equal(got, []string{mobile + ": answered by " + home + " canceled", home + " accepted"}) {
		t.Errorf("the record tells %q", got)
	}
	if d := boss.Record(boss.CallFrom("+32470111222")); d.Disposition != "answered" || d.CallType != "diverted" {
		t.Errorf("the record says %s of a call %s", d.Disposition, d.CallType)
	}
}

// TestFollowMeInOrder: Ann is away. Her voicemail answers the mobile and presses nothing: it never has the caller, and after ten seconds
// her number at home rings, where key 1 takes the call (BX-29).
func TestFollowMeInOrder(t *testing.T) {
	t.Parallel()
	n, far := twoPhones(t)
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}, Prepare: following("in_order")})
	boss := sitDown(t, w, w.Person("admin", 0))
	k := caller(t, network(t, carrier.Config{}), w, direct, "+32470111222", callerVoice)
	first := received(t, far)
	if first.Called() != mobile {
		t.Fatalf("%s was called first", first.Called())
	}
	ended(t, first)
	if pcm := first.Heard(8 * time.Second); HasTone(pcm, callerVoice) {
		t.Error("the voicemail has heard the caller")
	}
	second := received(t, far)
	if second.Called() != home {
		t.Fatalf("%s was called then", second.Called())
	}
	hearsSound(t, second, "which key", inWords(t, prompt.OfStandard(prompt.FollowAccept)))
	if err := second.Press("1"); err != nil {
		t.Fatal(err)
	}
	hearsTone(t, k, homeVoice, callerVoice, otherVoice)
	hearsTone(t, second, callerVoice, homeVoice)
	k.HangUp()
	ended(t, second)
	if got := boss.followed("+32470111222"); !slices.Equal(got, []string{mobile + " not_accepted", home + " accepted"}) {
		t.Errorf("the record tells %q", got)
	}
}

// TestFollowMeToAColleague: a direct call to Ann rings at Bob too, by his extension. He answers at his page, without a key, and has the caller; Ann's
// page rings no more (BX-29).
func TestFollowMeToAColleague(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	bob := atWork(t, w, w.Person("agent", 1), otherVoice)
	var own api.OwnSettings
	ann.Must("GET", "/settings/me", nil, &own)
	own.Fields.FollowMe = "at_once"
	own.Fields.FollowNumbers = []settings.FollowNumber{{To: bob.User.Extension, RingSeconds: 30}}
	ann.Must("PUT", "/settings/me", map[string]any{"version": own.Version, "fields": own.Fields}, nil)
	k := caller(t, network(t, carrier.Config{}), w, direct, "+32470111222", callerVoice)
	ann.rung()
	bob.answer(bob.rung())
	hearsTone(t, k, otherVoice, callerVoice, agentVoice)
	bob.hears(callerVoice, agentVoice, otherVoice)
	ann.Wait("Ann's page rings no more", func(p live.Snapshot) bool { return len(p.Me.Lines) == 0 || p.Me.Lines[0].State != "incoming" })
	k.HangUp()
	bob.line("ended")
	boss := sitDown(t, w, w.Person("admin", 0))
	if got := boss.followed("+32470111222"); !slices.Equal(got, []string{named(bob) + " accepted"}) {
		t.Errorf("the record tells %q", got)
	}
}
