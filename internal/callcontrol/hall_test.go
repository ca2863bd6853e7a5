package callcontrol_test

import (
	"errors"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/prompt"
)

// hall is a Rooms over a real engine, with a library of pure tones.
type hall struct {
	*callcontrol.Rooms
	t       *testing.T
	engine  *media.Engine
	folder  string
	altered bool
	full    bool

	mu    sync.Mutex
	heard map[id.Leg][]int16 // what each leg was sent since it was asked last
	told  []call.Signal
}

const (
	welcomeHz = 440
	holdHz    = 600
	toneHz    = 950
	annHz     = 1300
)

func newHall(t *testing.T, folder string) *hall {
	h := &hall{t: t, folder: folder, heard: map[id.Leg][]int16{}}
	engine, err := media.Open(media.Config{First: 27000, Last: 27099, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	h.engine = engine
	h.Rooms = &callcontrol.Rooms{Engine: engine, Library: h, Files: h, Log: slog.New(slog.DiscardHandler), Tell: h.tell}
	return h
}

func (h *hall) tell(_ id.Call, s call.Signal) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.told = append(h.told, s)
}

func (h *hall) Sounds(prompts []prompt.Prompt) (all []*media.Sound) {
	for _, p := range prompts {
		if p.Audio == "welcome" {
			all = append(all, sine(welcomeHz, 100*time.Millisecond))
		}
	}
	return all
}
func (h *hall) Hold(string) *media.Sound { return sine(holdHz, time.Second) }
func (h *hall) Tone(string) *media.Sound { return sine(toneHz, time.Second) }

func (h *hall) path(r id.Recording, now time.Time) string {
	return filepath.Join(h.folder, now.UTC().Format("0102"), string(r)+".live")
}

func (h *hall) NewRecording(_ id.Org, r id.Recording, now time.Time) (string, callcontrol.Seal, error) {
	if h.full {
		return "", nil, errors.New("the disk is full")
	}
	path := h.path(r, now)
	return path, nil, os.MkdirAll(filepath.Dir(path), 0o750)
}

func (h *hall) LeftRecording(_ id.Org, r id.Recording, began time.Time) (media.RecordingResult, error) {
	path := h.path(r, began)
	stat, err := os.Stat(path)
	if err != nil {
		return media.RecordingResult{}, err
	}
	left := media.RecordingResult{Bytes: stat.Size(), SHA256: "sum"}
	if h.altered {
		return left, errors.New("its file was altered")
	}
	file, err := media.OpenRecording(path)
	if err != nil {
		return left, err
	}
	left.Duration = file.Duration()
	return left, file.Close()
}

func sine(hz float64, d time.Duration) *media.Sound {
	pcm := make([]int16, d*8000/time.Second)
	for i := range pcm {
		pcm[i] = int16(8000 * math.Sin(2*math.Pi*hz*float64(i)/8000))
	}
	return media.NewSound(pcm)
}

// leg opens a leg that listens.
func (h *hall) leg(name id.Leg) *media.Leg {
	h.t.Helper()
	l, err := h.engine.OpenPipe(name, func(packet []byte) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.heard[name] = append(h.heard[name], media.Expand(media.PCMU, nil, packet[12:])...)
	}, func(e media.Event) {
		switch e := e.(type) {
		case media.PlayEnded:
			h.tell("", call.PlayEnded{Leg: e.Leg, Tag: e.Tag})
		case media.AnswererHeard:
			h.tell("", call.LegDetected{Leg: e.Leg, Reason: string(e.Reason)})
		}
	})
	if err != nil {
		h.t.Fatal(err)
	}
	l.Agree(media.Terms{Codec: media.PCMU, Send: true, Receive: true})
	return l
}

// hears waits until a leg is sent a pure tone for a tenth of a second.
func (h *hall) hears(name id.Leg, hz float64) {
	h.t.Helper()
	h.mu.Lock()
	h.heard[name] = nil
	h.mu.Unlock()
	eventually(h.t, "tone", func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		pcm := h.heard[name]
		return len(pcm) >= 800 && power(pcm[len(pcm)-800:], hz) > 0.9
	})
}

// power is the share of one frequency in the whole (Goertzel).
func power(pcm []int16, hz float64) float64 {
	var re, im, all float64
	for i, s := range pcm {
		w := 2 * math.Pi * hz * float64(i) / 8000
		re, im, all = re+float64(s)*math.Cos(w), im+float64(s)*math.Sin(w), all+float64(s)*float64(s)
	}
	if all == 0 {
		return 0
	}
	return 2 * (re*re + im*im) / (all * float64(len(pcm)))
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	clock := time.NewTicker(5 * time.Millisecond)
	defer clock.Stop()
	deadline := time.After(15 * time.Second)
	for !holds() {
		select {
		case <-clock.C:
		case <-deadline:
			t.Fatalf("waited in vain for: %s", what)
		}
	}
}

func (h *hall) hasTold(is func(call.Signal) bool) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.told {
		if is(s) {
			return true
		}
	}
	return false
}

// talks sends a tone on a leg until the test ends.
func (h *hall) talks(l *media.Leg, hz float64) {
	tone, stop := media.Compress(media.PCMU, nil, sine(hz, time.Second).PCM()), make(chan struct{})
	h.t.Cleanup(func() { close(stop) })
	go func() {
		clock := time.NewTicker(20 * time.Millisecond)
		defer clock.Stop()
		start := time.Now()
		for n := 0; ; {
			for ; time.Since(start) >= time.Duration(n)*20*time.Millisecond; n++ { // ticks that a busy machine left out too
				stamp := n * 160
				packet := []byte{0x80, 0, byte(n >> 8), byte(n), byte(stamp >> 24), byte(stamp >> 16), byte(stamp >> 8), byte(stamp), 0, 0, 0, 7}
				l.Receive(append(packet, tone[stamp%8000:stamp%8000+160]...))
			}
			select {
			case <-clock.C:
			case <-stop:
				return
			}
		}
	}()
}
