package callcontrol_test

import (
	"slices"
	"strings"
	"sync"
	"time"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/rtc"
	"parley/internal/sip"
	"parley/internal/tel"
)

// sound plays and records nothing, but answers as the real one would.
type sound struct {
	w *world

	mu    sync.Mutex
	rooms map[id.Call]*room
}

type room struct {
	hearings []call.Hearing
	runs     map[id.Recording]bool
	plays    map[id.Leg]string // the tag of what each leg was told to hear
	closed   bool
}

func (s *sound) room(which id.Call) *room {
	if s.rooms[which] == nil {
		s.rooms[which] = &room{runs: map[id.Recording]bool{}, plays: map[id.Leg]string{}}
	}
	if s.rooms[which].closed {
		s.w.l.fail("call %s: its room is used after it was closed", which)
	}
	return s.rooms[which]
}

func (s *sound) Arrange(which id.Call, hearings []call.Hearing) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.room(which)
	k.hearings = slices.Clone(hearings)
	for i := range k.hearings {
		if s.w.fault.mute {
			k.hearings[i].Hold = ""
		}
	}
	for _, h := range hearings {
		if len(h.Prompts) > 0 && k.plays[h.Leg] != h.Tag {
			s.heard(h.Leg, h.Tag)
			if strings.HasPrefix(h.Tag, "cue:") {
				s.key(h.Leg)
			}
			s.answers(h.Leg, h.Tag)
		}
		k.plays[h.Leg] = h.Tag
	}
}

func (s *sound) heard(leg id.Leg, tag string) {
	s.w.later(3*time.Second, func() {
		if k := s.w.wires.find(leg); k != nil {
			s.w.wires.happen(k, sip.Sound{Event: media.PlayEnded{Leg: leg, Tag: tag}})
			if k.browser != "" {
				s.w.wires.pass(k, rtc.Sound{Event: media.PlayEnded{Leg: leg, Tag: tag}})
			}
		}
	})
}

// key is who answers a number and hears what to press.
func (s *sound) key(leg id.Leg) {
	key := []tel.Digit{"1", "1", "7"}[s.w.pick(3)]
	s.w.later(s.w.within(5), func() {
		if k := s.w.wires.find(leg); k != nil {
			s.w.wires.happen(k, sip.Digit{Digit: key})
		}
	})
}

func (s *sound) touch(which id.Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.room(which)
}

func (s *sound) Record(_ time.Time, which id.Call, _ id.Org, a call.Record) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.room(which).runs[a.Recording] = true
	switch n := s.w.pick(100); {
	case n < 5:
		s.stop(which, a.Recording, 0, "the disk is full")
	case n < 10:
		s.stop(which, a.Recording, s.w.within(30), "the disk is full")
	}
}

// stop ends a recording that runs, once.
func (s *sound) stop(which id.Call, r id.Recording, after time.Duration, why string) {
	s.w.later(after, func() {
		s.mu.Lock()
		k := s.rooms[which]
		runs := k.runs[r]
		delete(k.runs, r)
		s.mu.Unlock()
		if runs {
			s.w.x.Tell(which, call.RecordingStopped{Recording: r, Duration: time.Second, Bytes: 16000, Failure: why})
		}
	})
}

func (s *sound) ChangeRecording(which id.Call, _ call.ChangeRecording) { s.touch(which) }

func (s *sound) EndRecording(which id.Call, a call.EndRecording) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.room(which)
	if s.w.fault.run {
		return
	}
	after := time.Duration(s.w.pick(2)) * time.Second
	s.stop(which, a.Recording, after, "")
}

func (s *sound) Close(which id.Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if strings.HasPrefix(string(which), "voice/") { // a station opens it anew
		delete(s.rooms, which)
	} else if k := s.rooms[which]; k != nil {
		k.closed, k.hearings = true, nil
	}
}

func (s *sound) TakeUp(id.Call, id.Org, []id.Recording, time.Time, time.Time) {}
