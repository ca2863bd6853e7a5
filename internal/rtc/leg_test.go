package rtc

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/id"
)

// idle is a leg with a machine and no wire, for what time alone does to it.
func idle(t *testing.T, to Exchange) *leg {
	t.Helper()
	s := &Server{exchange: to, log: quiet(), legs: map[id.Leg]*leg{}}
	l, err := s.enter("ann")
	if err != nil {
		t.Fatal(err)
	}
	l.begin()
	return l
}

// after lets d pass and everybody finish what follows.
func after(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func TestTimersOfALeg(t *testing.T) {
	away := 20 * time.Second
	for _, c := range []struct {
		name    string
		signals []signal // one each 20 s
		want    []Progress
	}{
		{"never connects", nil, []Progress{Ended{NotConnected, NotConnected.Cause()}}},
		{"is lost", []signal{reached{}, missed{}}, []Progress{Connected{}, Disconnected{}, Ended{Lost, Lost.Cause()}}},
		{"comes back", []signal{reached{}, missed{}, reached{}}, []Progress{Connected{}, Disconnected{}, Connected{}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				told := &ledger{}
				l := idle(t, told)
				for _, s := range c.signals {
					l.post(s)
					after(away)
				}
				after(returnTimeout)
				if got := told.of("ann"); !slices.Equal(got, c.want) {
					t.Errorf("told %#v, want %#v", got, c.want)
				}
				l.post(hangUp{})
				after(0)
				l.server.alive.Wait()
			})
		})
	}
}

// touchy is an Exchange that breaks when it hears of a connection.
type touchy struct{ ledger }

func (x *touchy) Happened(leg id.Leg, what Progress) {
	x.ledger.Happened(leg, what)
	if what == (Connected{}) {
		panic("too much")
	}
}

// TestPanicEndsTheLeg: what breaks in one leg ends that leg, with Ended, and nothing else.
func TestPanicEndsTheLeg(t *testing.T) {
	told := &touchy{}
	l := idle(t, told)
	l.post(reached{})
	told.ends(t, "ann", Failed)
	l.server.alive.Wait()
	if l.server.find("ann") != nil {
		t.Error("the leg is still there")
	}
}

// TestEarlyHangUp: what is asked of a leg while Connect is at work is not lost.
func TestEarlyHangUp(t *testing.T) {
	told := &ledger{}
	s := &Server{exchange: told, log: quiet(), legs: map[id.Leg]*leg{}}
	l, err := s.enter("ann")
	if err != nil {
		t.Fatal(err)
	}
	s.HangUp("ann")
	if got := told.of("ann"); got != nil {
		t.Errorf("told %v before the leg began", got)
	}
	l.begin()
	told.ends(t, "ann", HungUp)
	s.alive.Wait()
}
