package lab

import (
	"context"
	"testing"
	"time"

	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/settings"
	"parley/internal/store"
)

// pageAll makes a paging group of everybody, with the number 300.
func pageAll(ctx context.Context, db *store.DB) error {
	s := db.Shelves()
	users, err := s.Users.All(ctx)
	if err != nil {
		return err
	}
	g := settings.New[settings.Paging]()
	g.Name, g.Number, g.Seconds = "Everybody", "300", 300
	for _, u := range users {
		g.Users = append(g.Users, u.ID)
	}
	_, err = s.Paging.Create(ctx, store.Actor{}, g)
	return err
}

// TestPage: Sue speaks to everybody by dialling the number of a paging group. A page and a desk phone answer by themselves, hear the tone,
// and then her; she hears neither of them, and nor does one of them the other. Who is in a call when she speaks is left out (BX-28).
func TestPage(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: pageAll})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	bob, phone := atDeskWith(t, w, Model{Auto: true}, w.Person("agent", 1), otherVoice)
	sue := atWork(t, w, w.Person("supervisor", 0), callerVoice)
	which := sue.dial("300")
	phone.Tells("CALL_ESTABLISHED", 1)
	sue.Wait("two hear Sue", func(p live.Snapshot) bool {
		return len(p.Me.Lines) == 1 && p.Me.Lines[0].State == "active" && p.Me.Lines[0].Page != nil && p.Me.Lines[0].Page.Hears == 2
	})
	ann.hearsOnly(callerVoice)
	phoneHears(t, phone, callerVoice, otherVoice)
	beepsFirst(t, phone.Heard(time.Minute), callerVoice)
	sue.hearsOnly()
	if l := ann.line("active"); l.Page == nil || !l.Page.Listens || l.Page.Group != "Everybody" {
		t.Errorf("Ann's line is %+v", l)
	}
	ann.do(which, "hangup")
	ann.status("available")
	sue.do(which, "hangup")
	phone.Tells("CALL_CLOSED", 1)
	if d := sue.Record(which); d.CallType != "page" || d.Disposition != "answered" || d.Direction != "internal" {
		t.Errorf("the record says %+v", d.CallRow)
	}
	bob.status("available")

	talk := ann.dial("*80" + bob.User.Extension)
	phone.Tells("CALL_ESTABLISHED", 2)
	ann.hearsOnly(otherVoice)
	sue.status("available")
	alone := sue.dial("300")
	if d := sue.Record(alone); d.Disposition != "busy" || d.Reason != "nobody of Everybody can hear you now" {
		t.Errorf("with everybody in a call the record says %s, %s", d.Disposition, d.Reason)
	}
	ann.hearsOnly(otherVoice)
	ann.do(talk, "hangup")
}

// beepsFirst looks whether the first tone in what somebody has heard is that of a page, and not the voice that comes after it.
func beepsFirst(t *testing.T, pcm []int16, voice float64) {
	t.Helper()
	const window, step = media.SampleRate / 10, media.SampleRate / 50
	for at := 0; at+window <= len(pcm); at += step {
		part := pcm[at : at+window]
		switch {
		case OnlyTone(part, beep(), voice):
			return
		case OnlyTone(part, voice):
			t.Errorf("the voice is heard after %d ms, before a tone", 1000*at/media.SampleRate)
			return
		}
	}
	t.Error("no tone is heard before the voice")
}

// TestPageLeavesOutWhoTalks: of two desk phones the one that is in a call goes on with it undisturbed, and the other one answers the page by itself (BX-28).
func TestPageLeavesOutWhoTalks(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: pageAll})
	ann, free := atDeskWith(t, w, Model{Auto: true}, w.Person("agent", 0), agentVoice)
	bob, busy := atDeskWith(t, w, Model{Auto: true}, w.Person("agent", 1), otherVoice)
	ada := atWork(t, w, w.Person("admin", 0), farVoice)
	sue := atWork(t, w, w.Person("supervisor", 0), callerVoice)
	talk := ada.dial("*80" + bob.User.Extension)
	busy.Tells("CALL_ESTABLISHED", 1)
	ada.hearsOnly(otherVoice)
	page := sue.dial("300")
	free.Tells("CALL_ESTABLISHED", 1)
	sue.Wait("one hears Sue", func(p live.Snapshot) bool {
		return len(p.Me.Lines) == 1 && p.Me.Lines[0].State == "active" && p.Me.Lines[0].Page != nil && p.Me.Lines[0].Page.Hears == 1
	})
	phoneHears(t, free, callerVoice, agentVoice, farVoice)
	beepsFirst(t, free.Heard(time.Minute), callerVoice)
	phoneHears(t, busy, farVoice, callerVoice, otherVoice)
	if HasTone(busy.Heard(time.Minute), beep()) {
		t.Error("the phone in a call hears the tone of the page")
	}
	sue.do(page, "hangup")
	free.Tells("CALL_CLOSED", 1)
	ann.status("available")
	phoneHears(t, busy, farVoice, callerVoice, otherVoice)
	ada.do(talk, "hangup")
	busy.Tells("CALL_CLOSED", 1)
}
