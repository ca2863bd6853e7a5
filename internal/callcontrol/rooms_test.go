package callcontrol_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"parley/internal/amd"
	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/prompt"
)

func TestRooms(t *testing.T) {
	h := newHall(t, t.TempDir())
	h.leg("eve")
	ann := h.leg("ann")
	h.talks(ann, annHz)
	greeting := call.Hearing{Leg: "eve", Prompts: []prompt.Prompt{{Audio: "welcome"}}, Tag: "treat:greeting:1"}
	h.Arrange("c", []call.Hearing{greeting})
	eventually(t, "the greeting's end", func() bool {
		return h.hasTold(func(s call.Signal) bool { return s == call.PlayEnded{Leg: "eve", Tag: "treat:greeting:1"} })
	})
	h.mu.Lock()
	if got := power(h.heard["eve"][:800], welcomeHz); got < 0.9 {
		t.Errorf("the greeting is %.2f of what was heard", got)
	}
	h.mu.Unlock()
	h.Arrange("c", []call.Hearing{{Leg: "eve", Hold: "default"}})
	h.hears("eve", holdHz)
	h.Arrange("c", []call.Hearing{{Leg: "eve", From: "ann"}, {Leg: "ann", From: "eve"}})
	h.hears("eve", annHz)
	if paths := h.Paths("c"); !strings.Contains(paths["eve"], "PCMU") || len(paths) != 2 || h.Paths("none") != nil {
		t.Errorf("the paths are %v", paths)
	}
	h.Arrange("c", []call.Hearing{{Leg: "eve", Hold: "default"}, {Leg: "ann"}})
	h.hears("eve", holdHz)
	h.Arrange("c", []call.Hearing{{Leg: "ann", Tone: "ringback"}})
	h.hears("ann", toneHz)
	h.Close("c")
	h.Close("c")
	h.Arrange("d", []call.Hearing{{Leg: "eve", From: "ann"}}) // the legs live on
	h.hears("eve", annHz)
}

// TestRoomsListenForWhoAnswers has a leg looked at that says nothing.
func TestRoomsListenForWhoAnswers(t *testing.T) {
	h := newHall(t, t.TempDir())
	h.leg("eve")
	h.leg("ann")
	h.Arrange("c", []call.Hearing{{Leg: "eve", From: "ann", Detect: true}, {Leg: "ann", From: "eve"}})
	silent := call.LegDetected{Leg: "eve", Reason: string(amd.Silence)}
	eventually(t, "the verdict", func() bool { return h.hasTold(func(s call.Signal) bool { return s == silent }) })
	if h.hasTold(func(s call.Signal) bool { d, is := s.(call.LegDetected); return is && d != silent }) {
		t.Error("more was found than that nobody spoke on the leg asked about")
	}
}

func TestNothingToHear(t *testing.T) {
	h := newHall(t, t.TempDir())
	missing := []prompt.Prompt{{Audio: "missing"}}
	h.Arrange("c", []call.Hearing{{Leg: "eve", Prompts: missing, Tag: "treat:menu:1"}, {Leg: "ann", Prompts: missing, Tag: "notice"}})
	for leg, tag := range map[id.Leg]string{"eve": "treat:menu:1", "ann": "notice"} {
		if !h.hasTold(func(s call.Signal) bool { return s == call.PlayEnded{Leg: leg, Tag: tag} }) {
			t.Errorf("%s: the call waits for what cannot be heard", tag)
		}
	}
}

func TestRecordingSurvivesTheProcess(t *testing.T) {
	folder := t.TempDir()
	h := newHall(t, folder)
	began := time.Now()
	h.leg("eve")
	h.talks(h.leg("ann"), annHz)
	h.Arrange("c", []call.Hearing{{Leg: "eve", From: "ann"}, {Leg: "ann", From: "eve"}})
	h.Record(began, "c", org, call.Record{Recording: "c.r1", Customer: []id.Leg{"eve"}, Others: []id.Leg{"ann"}})
	path := h.path("c.r1", began)
	eventually(t, "sound on disk", func() bool { f, err := os.Stat(path); return err == nil && f.Size() > 8000 })

	after := newHall(t, folder)
	after.TakeUp("c", org, []id.Recording{"c.r1", "c.r2"}, began.Add(-25*time.Hour), began)
	for _, r := range []id.Recording{"c.r1", "c.r2"} {
		after.EndRecording("c", call.EndRecording{Recording: r})
	}
	eventually(t, "the leftovers", func() bool { after.mu.Lock(); defer after.mu.Unlock(); return len(after.told) == 2 })
	for _, s := range after.told {
		switch s := s.(call.RecordingStopped); {
		case s.Recording == "c.r1" && (s.Bytes < 8000 || s.Duration < 200*time.Millisecond || s.Checksum != "sum" || s.Failure != callcontrol.Interrupted):
			t.Errorf("kept: %+v", s)
		case s.Recording == "c.r2" && (s.Bytes != 0 || s.Failure == ""):
			t.Errorf("lost: %+v", s)
		}
	}

	after.altered = true
	after.EndRecording("c", call.EndRecording{Recording: "c.r1"})
	eventually(t, "a leftover that does not open", func() bool {
		return after.hasTold(func(s call.Signal) bool {
			k, ok := s.(call.RecordingStopped)
			return ok && k.Failure == callcontrol.Interrupted+": its file was altered" && k.Bytes > 8000 && k.Duration == 0
		})
	})

	h.EndRecording("c", call.EndRecording{Recording: "c.r1"})
	eventually(t, "the end of the recording", func() bool {
		return h.hasTold(func(s call.Signal) bool {
			k, ok := s.(call.RecordingStopped)
			return ok && k.Failure == "" && k.Bytes > 8000
		})
	})
}

func TestFullDisk(t *testing.T) {
	h := newHall(t, t.TempDir())
	h.full = true
	h.Record(time.Now(), "c", org, call.Record{Recording: "c.r1"})
	if !h.hasTold(func(s call.Signal) bool {
		k, ok := s.(call.RecordingStopped)
		return ok && k.Recording == "c.r1" && k.Failure == "the disk is full"
	}) {
		t.Errorf("told %+v", h.told)
	}
}
