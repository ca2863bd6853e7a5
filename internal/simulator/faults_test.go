package simulator

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/acd"
	"parley/internal/id"
	"parley/internal/owner"
)

// faulty is an ACD with a fault planted around it: hear swallows what it hears, tamper changes what it does.
type faulty struct {
	*acd.Distributor
	hear   func(now time.Time, s acd.Signal) (swallowed bool)
	tamper func(now time.Time, out *acd.Outcome)
}

func (f *faulty) Handle(now time.Time, s acd.Signal) (acd.Outcome, error) {
	if f.hear != nil && f.hear(now, s) {
		return acd.Outcome{}, nil
	}
	out, err := f.Distributor.Handle(now, s)
	if err == nil && f.tamper != nil {
		f.tamper(now, &out)
	}
	return out, err
}

func deaf[S acd.Signal](when func(time.Time, S) bool) func() Machine {
	return func() Machine {
		return &faulty{Distributor: acd.New(), hear: func(now time.Time, s acd.Signal) bool {
			x, is := s.(S)
			return is && when(now, x)
		}}
	}
}

func always[S acd.Signal](time.Time, S) bool { return true }

// afterwards is true when a run is well under way.
func afterwards[S acd.Signal](now time.Time, _ S) bool { return now.After(beginning.Add(time.Hour)) }

func without(kind string) func() Machine {
	return func() Machine {
		return &faulty{Distributor: acd.New(), tamper: func(_ time.Time, out *acd.Outcome) {
			out.Actions = slices.DeleteFunc(out.Actions, func(a acd.Action) bool {
				t, is := a.(acd.SetTimer)
				return is && strings.HasPrefix(t.Timer, kind)
			})
		}}
	}
}

// twice offers an agent who has an offer a second one. What it remembers is not in its state.
func twice() Machine {
	var first id.Agent
	offers := 0
	return &faulty{Distributor: acd.New(), tamper: func(_ time.Time, out *acd.Outcome) {
		for i, a := range out.Actions {
			o, is := a.(acd.Offer)
			if !is {
				continue
			}
			if offers++; offers == 100 {
				first = o.Agent
			}
			if j := slices.IndexFunc(out.Events, func(e acd.Event) bool { _, opened := e.(acd.OfferOpened); return opened }); offers == 101 {
				opened, _ := out.Events[j].(acd.OfferOpened)
				o.Agent, opened.Agent = first, first
				out.Actions[i], out.Events[j] = o, opened
			}
		}
	}}
}

// stepless lets anybody take calls that ask for skills.
func stepless() Machine { return &forgetful{acd.New()} }

type forgetful struct{ *acd.Distributor }

func (f *forgetful) Handle(now time.Time, s acd.Signal) (acd.Outcome, error) {
	if c, is := s.(acd.Configure); is {
		c.Queues = slices.Clone(c.Queues)
		for i := range c.Queues {
			c.Queues[i].Steps = nil
		}
		s = c
	}
	return f.Distributor.Handle(now, s)
}

// breaks panics in the middle of a run.
func breaks() Machine {
	return &faulty{Distributor: acd.New(), tamper: func(now time.Time, _ *acd.Outcome) {
		if now.After(beginning.Add(time.Hour)) {
			panic("tripped")
		}
	}}
}

// faults are mistakes that an ACD could have, and what the auditor says of them.
var faults = map[string]struct {
	plant func() Machine
	found string
}{
	"an awake device stays asleep":           {deaf(always[acd.DeviceAwake]), "while a"},
	"offers never expire":                    {without("offer/"), "has not expired"},
	"nobody looks again when a refusal ends": {without("refusal/"), "while a"},
	"a device that failed rests for ever":    {without("rest/"), "while a"},
	"wrap-up never ends":                     {without("wrap/"), "is stuck in wrap-up"},
	"a rejection is dropped": {
		deaf(func(_ time.Time, s acd.OfferEnded) bool { return s.Result == acd.Ignored }), "ended and is still open",
	},
	"a release is lost after hours":        {deaf(afterwards[acd.Release]), "is still held"},
	"toggles are ignored":                  {deaf(always[acd.Toggle]), "toggled it off"},
	"choices are lost after hours":         {deaf(afterwards[acd.SetStatus]), "and chose"},
	"who left is kept":                     {deaf(always[acd.Leave]), "left and still waits"},
	"callers are turned away after hours":  {deaf(afterwards[acd.Enqueue]), "did not enter"},
	"a place is neither given nor refused": {deaf(always[acd.Reserve]), "0 answers"},
	"steps never relax":                    {without("step/"), "while a"},
	"steps are forgotten":                  {stepless, "whose step asks for others"},
	"hours are ignored":                    {deaf(func(_ time.Time, s acd.Hours) bool { return !s.Open }), "was offered call"},
	"two offers at once":                   {twice, "was offered call"},
	"it breaks":                            {breaks, "tripped"},
}

// TestPlantedFaults finds each of these mistakes, and its transcript replays to the same finding.
func TestPlantedFaults(t *testing.T) {
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := small(3)
			o.marks, o.Machine, o.Transcripts = 2, fault.plant, t.TempDir()
			r, err := Run(t.Context(), o)
			if err != nil || r.Violations != 1 || !strings.Contains(r.Violation, fault.found) || r.Interactions == o.Interactions {
				t.Fatalf("not found: %+v %v", r, err)
			}
			t.Logf("found: %s", r.Violation)
			story, err := replayed(t, r.Transcript, fault.plant())
			broke := errors.Is(err, ErrBroken) && strings.Contains(err.Error(), r.Violation)
			if fault.found == "tripped" {
				broke = strings.Contains(err.Error(), fault.found)
			}
			if !broke || !strings.HasPrefix(story, "# acd simulated with seed 3\n") {
				t.Errorf("replayed to %v\n%.500s", err, story)
			}
			again, err := Run(t.Context(), o)
			if err != nil || again.Violation != r.Violation || again.Signals != r.Signals {
				t.Errorf("found %s\nand then %s, %v", r.Violation, again.Violation, err)
			}
		})
	}
}

// replayed replays a file with a machine, without one with the ACD.
func replayed(t *testing.T, name string, machine Machine) (string, error) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	read, err := owner.ReadTranscript(f)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if machine == nil {
		return b.String(), Replay(read, &b)
	}
	err = replay(read, &b, machine)
	return b.String(), err
}

// TestReplayOfAMendedACD: the mistake is found no more.
func TestReplayOfAMendedACD(t *testing.T) {
	o := small(3)
	o.Machine, o.Transcripts = deaf(always[acd.Leave]), t.TempDir()
	r, err := Run(t.Context(), o)
	if err != nil || r.Violations == 0 {
		t.Fatalf("not found: %+v %v", r, err)
	}
	if _, err := replayed(t, r.Transcript, nil); err != nil {
		t.Errorf("replayed to %v", err)
	}
}

func FuzzReplay(f *testing.F) {
	f.Add("")
	f.Add(`{"machine":"acd"}` + "\n" + `{"signal":"configure","data":{"queues":[{"id":"q","members":["a"]}],"agents":[{"id":"a"}]}}`)
	f.Add(`{"machine":"acd","books":{"people":[null],"lines":[null],"offers":{"o":null}}}`)
	f.Add(`{"machine":"acd","state":{"agents":[null]}}`)
	f.Add(`{"machine":"acd","books":{"people":[{"conf":{"id":"a"}}],"lines":[{"call":"c","queue":"q"}]}}` + "\n" +
		`{"signal":"leave","data":{"call":"c","result":"x"}}`)
	f.Fuzz(func(_ *testing.T, text string) {
		if t, err := owner.ReadTranscript(strings.NewReader(text)); err == nil {
			_ = Replay(t, io.Discard)
		}
	})
}
