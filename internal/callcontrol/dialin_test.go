package callcontrol_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/sip"
	"parley/internal/station"
	"parley/internal/tel"
)

// signIn is the number that agents dial in on.
const signIn = "+3225550199"

// IsDialIn makes the house know it.
func (h *house) IsDialIn(_ id.Org, _ id.Trunk, to string) bool { return to == signIn }

// awaited gives a house in which ann wants to dial in, her PIN, and all signals that are sent in it.
func awaited(t *testing.T) (h *house, pin callcontrol.PIN, sent *strings.Builder) {
	h, sent = newHouse(t), &strings.Builder{}
	h.Exchange.DialIns = h
	h.Tamper(func(to owner.Address, signal any) []any {
		text, err := json.Marshal(signal)
		fmt.Fprintln(sent, to, owner.Word(signal), string(text), err)
		return []any{signal}
	})
	h.Seats([]callcontrol.Seat{{Agent: "ann", Org: org, Name: "Ann", Extension: "101"}, {Agent: "bob", Org: "other", Extension: "102"}})
	voice := station.Voice{Mode: station.ByCallIn, Persistent: true}
	if err := h.AskStation(context.Background(), "ann", station.ConnectVoice{Voice: voice}); err != nil {
		t.Fatal(err)
	}
	pin, err := h.IssuePIN("ann")
	if err != nil || len(pin.Digits) != 6 {
		t.Fatalf("PIN %q: %v", pin.Digits, err)
	}
	return h, pin, sent
}

// dialsIn lets somebody call and hear what is to be keyed.
func (h *house) dialsIn(leg id.Leg) {
	h.Arrived(sip.Incoming{Leg: leg, Org: org, Trunk: "t", From: "+32470111222", To: signIn})
	synctest.Wait()
	h.mustDo("answer " + string(leg))
	h.wire(leg, sip.Answered{})
}

func (h *house) keys(leg id.Leg, keys string) {
	for _, k := range keys {
		h.wire(leg, sip.Digit{Digit: tel.Digit(string(k))})
	}
}

// wrongOf is a PIN that is another.
func wrongOf(pin callcontrol.PIN) string {
	if pin.Digits == "000000" {
		return "000001"
	}
	return "000000"
}

// TestDialIn: id and PIN give the line to the agent's station, whose voice it is until it ends; no signal has the PIN.
func TestDialIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, pin, sent := awaited(t)
		h.dialsIn("in-1")
		h.keys("in-1", "101#"+wrongOf(pin))
		h.mustDo("play dialin:")
		h.keys("in-1", "101#"+pin.Digits)
		if p := h.l.stations["ann"].Path; p.Leg != "in-1" || !p.Up {
			t.Fatalf("path %+v", p)
		}
		h.mustDo("loop")
		if strings.Contains(sent.String(), pin.Digits) || strings.Contains(sent.String(), `"1"`) {
			t.Errorf("keys were in signals:\n%s", sent)
		}
		h.dialsIn("in-2") // the PIN is used up
		h.keys("in-2", "101#"+pin.Digits)
		if h.l.stations["ann"].Path.Leg != "in-1" {
			t.Error("a PIN was good twice")
		}
		h.wire("in-2", sip.Ended{Cause: 16})
		h.wire("in-1", sip.Ended{Cause: 16})
		if p := h.l.stations["ann"].Path; p.Leg != "" {
			t.Errorf("path %+v", p)
		}
		if calls, legs := h.Held(); len(calls)+len(legs) > 0 {
			t.Errorf("held: %v %v", calls, legs)
		}
		for _, at := range h.dir.Addresses() {
			if strings.HasPrefix(string(at), "dialin/") {
				t.Errorf("%s still has an owner", at)
			}
		}
	})
}

// TestDialInLocks: five wrong PINs lock for 15 minutes, whatever is keyed and issued; then a new one is good again.
func TestDialInLocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, pin, _ := awaited(t)
		for n := range 5 {
			leg := id.Leg(fmt.Sprint("bad-", n))
			h.dialsIn(leg)
			h.keys(leg, "101#"+wrongOf(pin))
			h.wire(leg, sip.Ended{Cause: 16})
		}
		try := func(leg id.Leg, keys string) bool {
			h.dialsIn(leg)
			h.keys(leg, keys)
			in := h.l.stations["ann"].Path.Leg == leg
			h.wire(leg, sip.Ended{Cause: 16})
			return in
		}
		if try("in-1", "101#"+pin.Digits) {
			t.Error("five wrong tries lock nothing")
		}
		fresh, err := h.IssuePIN("ann")
		if err != nil || !fresh.Locked.After(time.Now()) || try("in-2", "101#"+fresh.Digits) {
			t.Errorf("a new PIN opens the lock: %v", err)
		}
		<-time.After(15*time.Minute + time.Second)
		if try("in-3", "101#"+fresh.Digits) {
			t.Error("a PIN is good after its 15 minutes")
		}
		last, err := h.IssuePIN("ann")
		if err != nil || try("in-4", "102#"+last.Digits) {
			t.Errorf("a PIN is good with another organisation's id: %v", err)
		}
		h.RevokePIN("ann")
		if try("in-5", "101#"+last.Digits) {
			t.Error("a void PIN is good")
		}
		if last, err = h.IssuePIN("ann"); err != nil || !try("in-6", "101#"+last.Digits) {
			t.Errorf("the lock stays shut: %v", err)
		}
	})
}

// TestDialInGivesUp: who keys nothing is hung up; who is passed on to a station that waits no more, too.
func TestDialInGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, pin, _ := awaited(t)
		h.dialsIn("in-1")
		<-time.After(4 * time.Minute)
		h.mustDo("end in-1")
		if err := h.AskStation(context.Background(), "ann", station.DisconnectVoice{}); err != nil {
			t.Fatal(err)
		}
		h.dialsIn("in-2")
		h.keys("in-2", "101#"+pin.Digits)
		h.mustDo("end in-2")
	})
}
