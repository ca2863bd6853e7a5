package bench

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/netip"
	"sync"
	"sync/atomic"

	"parley/internal/id"
	"parley/internal/media"
)

// What the engine alone can be told to do with its legs.
const (
	workCalls      = "calls"      // the first with the second, the third with the fourth …
	workConference = "conference" // ten in each room, who hear one another
	workMenu       = "menu"       // each hears prompts, and others when it presses a key
	workFullOpus   = "opus"       // like calls; the first of each two speaks Opus, of the full band
	workNothing    = "nothing"    // all legs are closed
)

const (
	party      = 10 // in a conference
	promptTime = 2  // seconds
)

// task is one line of the engine's input: what to do from now on, with a leg for each port of the far side.
type task struct {
	Work   string   `json:"work"`
	Remote []uint16 `json:"remote"`
}

// outcome is one line of its output.
type outcome struct {
	Ports  []uint16 `json:"ports"`  // of the legs, in the order of task.Remote
	Digits uint64   `json:"digits"` // that were heard during the task before
	Error  string   `json:"error,omitempty"`
}

var errTask = errors.New("no such work for the engine")

// ServeEngine opens a media engine without telephone system around it, takes tasks from in, a line of JSON each, and
// answers them to out. It ends with in.
func ServeEngine(in io.Reader, out io.Writer) error {
	var first, last uint16
	if _, err := fmt.Sscanf(usual.server, "%d-%d", &first, &last); err != nil {
		return fmt.Errorf("ports of the engine: %w", err)
	}
	engine, err := media.Open(media.Config{Bind: loopback, First: first, Last: last})
	if err != nil {
		return fmt.Errorf("open the engine: %w", err)
	}
	defer engine.Close()
	s := &stage{engine: engine}
	write := json.NewEncoder(out)
	for lines := bufio.NewScanner(in); lines.Scan(); {
		var t task
		if err := json.Unmarshal(lines.Bytes(), &t); err != nil {
			return fmt.Errorf("task of the engine: %w", err)
		}
		done := s.perform(t)
		if err := write.Encode(done); err != nil {
			return fmt.Errorf("answer of the engine: %w", err)
		}
	}
	return nil
}

var loopback = netip.AddrFrom4([4]byte{127, 0, 0, 1})

// stage is the legs and rooms of one task.
type stage struct {
	engine *media.Engine
	legs   []*media.Leg
	rooms  []*media.Room
	menu   []*media.Sound
	digits atomic.Uint64
	tasks  int

	mu sync.Mutex // guards legs, rooms and menu between tasks and keys
}

func (s *stage) perform(t task) outcome {
	s.mu.Lock()
	defer s.mu.Unlock()
	done := outcome{Digits: s.digits.Swap(0)}
	s.clear()
	s.tasks++
	for n, port := range t.Remote {
		leg, err := s.engine.OpenSocket(id.Leg(fmt.Sprintf("%d.%d", s.tasks, n)), s.hear)
		if err != nil {
			done.Error = err.Error()
			return done
		}
		leg.Agree(termsFor(t.Work, n, port))
		s.legs, done.Ports = append(s.legs, leg), append(done.Ports, leg.Port())
	}
	if err := s.arrange(t.Work); err != nil {
		done.Error = err.Error()
	}
	return done
}

// agreed are the terms of G.711 with a port of this machine.
func agreed(port uint16) media.Terms {
	return media.Terms{
		Remote: netip.AddrPortFrom(loopback, port), Codec: media.PCMU, EventType: 101, Send: true, Receive: true,
	}
}

// termsFor are the terms of the n-th leg of a task, on either side.
func termsFor(work string, n int, port uint16) media.Terms {
	terms := agreed(port)
	if work == workFullOpus && n%2 == 0 {
		terms.Codec, terms.PayloadType, terms.Coding = media.Opus, 111, media.Coding{Rate: 48000, DTX: true}
	}
	return terms
}

func (s *stage) clear() {
	for _, r := range s.rooms {
		r.Close()
	}
	for _, l := range s.legs {
		l.Close()
	}
	s.rooms, s.legs = nil, nil
}

func (s *stage) arrange(work string) error {
	switch work {
	case workNothing:
	case workCalls, workFullOpus:
		s.calls()
	case workConference:
		s.conferences()
	case workMenu:
		s.menu = []*media.Sound{hum(600, 4000), hum(700, 4000), hum(800, 4000)}
		for _, l := range s.legs {
			s.prompt(s.room(l), l.Name(), 0)
		}
	default:
		return fmt.Errorf("%q: %w", work, errTask)
	}
	return nil
}

func (s *stage) room(first *media.Leg) *media.Room {
	r := s.engine.OpenRoom(id.Call(first.Name()))
	s.rooms = append(s.rooms, r)
	return r
}

// calls puts legs into rooms of two, each of whom hears the other.
func (s *stage) calls() {
	for n := 0; n+1 < len(s.legs); n += 2 {
		a, b := s.legs[n], s.legs[n+1]
		s.room(a).Arrange([]media.Hearing{{Leg: a.Name(), From: b.Name()}, {Leg: b.Name(), From: a.Name()}})
	}
}

func (s *stage) conferences() {
	for n := 0; n+party <= len(s.legs); n += party {
		var all []media.Source
		for _, l := range s.legs[n : n+party] {
			all = append(all, media.Source{Leg: l.Name()})
		}
		var hearings []media.Hearing
		for _, one := range all {
			hearings = append(hearings, media.Hearing{Leg: one.Leg, Mix: all})
		}
		s.room(s.legs[n]).Arrange(hearings)
	}
}

// prompt plays the sounds of a menu to a leg, beginning with one of them.
func (s *stage) prompt(r *media.Room, leg id.Leg, first uint64) {
	play := &media.Play{Tag: fmt.Sprint("menu ", first), Loop: true}
	for n := range uint64(len(s.menu)) {
		play.Sounds = append(play.Sounds, s.menu[(first+n)%uint64(len(s.menu))])
	}
	r.Arrange([]media.Hearing{{Leg: leg, Play: play}})
}

// hear takes the keys of a menu: each begins another prompt.
func (s *stage) hear(e media.Event) {
	pressed, ok := e.(media.DigitPressed)
	if !ok {
		return
	}
	nth := s.digits.Add(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	for n, l := range s.legs {
		if l.Name() == pressed.Leg && n < len(s.rooms) {
			s.prompt(s.rooms[n], pressed.Leg, nth)
		}
	}
}

// hum is a sound for prompts and for those who speak in a conference.
func hum(hertz, loudness float64) *media.Sound {
	pcm := make([]int16, promptTime*media.SampleRate)
	for n := range pcm {
		pcm[n] = int16(loudness * math.Sin(2*math.Pi*hertz*float64(n)/media.SampleRate))
	}
	return media.NewSound(pcm)
}
