package app

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/prompt"
	"parley/internal/routing"
	config "parley/internal/settings"
	"parley/internal/site"
	"parley/internal/sounds"
	"parley/internal/store"
	"parley/internal/tel"
	"parley/internal/tone"
)

// jotter is a log that several goroutines write.
type jotter struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *jotter) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(b)
}

func (j *jotter) has(text string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return strings.Contains(j.text.String(), text)
}

func newSpeech(t *testing.T) (*speech, *library, *jotter) {
	t.Helper()
	log := &jotter{}
	logger := slog.New(slog.NewTextHandler(log, nil))
	s, err := openSpeech(t.TempDir(), logger)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	return s, newLibrary(logger, s), log
}

// loud is the level of samples.
func loud(pcm []int16) float64 {
	sum := 0.0
	for _, v := range pcm {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum / float64(max(1, len(pcm))))
}

func TestTextIsSpokenInEveryLanguageAndByBothVoices(t *testing.T) {
	s, lib, log := newSpeech(t)
	var all []prompt.Prompt
	for language, text := range map[prompt.Language]string{
		prompt.English: `Please hold the line; $(touch spoken) "someone" will be with you. Thank you.`,
		prompt.German:  "Bitte bleiben Sie am Apparat, gleich ist jemand für Sie da.",
		prompt.French:  "Veuillez patienter, un conseiller va vous répondre.",
		prompt.Spanish: "-h Por favor, espere un momento; enseguida le atendemos.",
	} {
		for _, voice := range []prompt.Voice{prompt.Woman, prompt.Man} {
			all = append(all, prompt.Prompt{Text: text, Language: language, Voice: voice})
		}
	}
	if got := lib.Sounds(all[:1]); len(got) != 0 || !log.has(errNotSpoken.Error()) {
		t.Fatalf("%d sounds before anything was spoken", len(got))
	}
	s.ask(t.Context(), all...)
	s.work.Wait()
	heard := lib.Sounds(all)
	if len(heard) != len(all) {
		t.Fatalf("%d of %d texts can be played: %s", len(heard), len(all), log.text.String())
	}
	for i, sound := range heard {
		if d := sound.Duration(); d < time.Second || d > 12*time.Second || loud(sound.PCM()) < 300 {
			t.Errorf("%+v lasts %v at level %.0f", all[i], d, loud(sound.PCM()))
		}
	}
	for i := 0; i < len(heard); i += 2 {
		if slices.Equal(heard[i].PCM(), heard[i+1].PCM()) {
			t.Errorf("both voices of %s sound alike", all[i].Language)
		}
	}
	if _, err := os.Stat("spoken"); err == nil {
		t.Error("a shell has read the text")
	}
}

func TestTextIsSpokenOnceAndKept(t *testing.T) {
	s, lib, _ := newSpeech(t)
	var spoken atomic.Int32
	s.speak = func(context.Context, string, speaker) (sounds.Sound, error) {
		spoken.Add(1)
		return sounds.Sound{Rate: sounds.Wide, Samples: slices.Repeat([]int16{9000, -9000}, 8000)}, nil
	}
	p := prompt.Prompt{Text: "The first of two sentences here. The second of two sentences.", Language: prompt.English}
	for range 3 {
		s.ask(t.Context(), p, p)
	}
	s.work.Wait()
	s.ask(t.Context(), p)
	s.work.Wait()
	if spoken.Load() != 2 {
		t.Errorf("%d clauses were spoken, want 2", spoken.Load())
	}
	one, two := lib.Sounds([]prompt.Prompt{p}), lib.Sounds([]prompt.Prompt{p})
	if len(one) != 1 || one[0] != two[0] {
		t.Error("the sound is not shared")
	}
	again, err := openSpeech(filepath.Dir(s.folder), slog.New(slog.DiscardHandler))
	if err != nil || len(newLibrary(again.log, again).Sounds([]prompt.Prompt{p})) != 1 {
		t.Errorf("not there after a new start: %v", err)
	}
	for _, other := range []prompt.Prompt{{Text: p.Text, Language: prompt.German}, {Text: p.Text, Language: prompt.English, Voice: prompt.Man}} {
		if s.path(other) == s.path(p) {
			t.Errorf("%+v has the file of another", other)
		}
	}
}

func TestSpeechThatFailsLeavesNothing(t *testing.T) {
	s, lib, log := newSpeech(t)
	s.speak = func(context.Context, string, speaker) (sounds.Sound, error) { return sounds.Sound{}, errNoSpeech }
	p := prompt.Prompt{Text: "Hello", Language: prompt.English}
	s.ask(t.Context(), p, prompt.Prompt{Text: strings.Repeat("a", 1001), Language: prompt.English})
	s.work.Wait()
	if files, err := os.ReadDir(s.folder); err != nil || len(files) != 0 {
		t.Errorf("%v, %v", files, err)
	}
	if len(lib.Sounds([]prompt.Prompt{p})) != 0 || !log.has(errNoSpeech.Error()) || !log.has("1001 characters") {
		t.Errorf("log: %s", log.text.String())
	}
	if _, err := speakClause(t.Context(), "hallo", speaker{"nl", prompt.Woman}); err == nil {
		t.Error("an unknown language was spoken")
	}
	late, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	if _, err := speakClause(late, "Hello", speaker{prompt.English, prompt.Woman}); err == nil {
		t.Error("a program went on after its time")
	}
}

// No more programs run at a time than the gate lets through.
func TestSpeechPassesTheGate(t *testing.T) {
	s, _, _ := newSpeech(t)
	var now, most atomic.Int32
	s.speak = func(context.Context, string, speaker) (sounds.Sound, error) {
		for n := now.Add(1); n > most.Load(); {
			most.Store(n)
		}
		defer now.Add(-1)
		return sounds.Sound{Rate: sounds.Wide, Samples: make([]int16, 100000)}, nil
	}
	for _, text := range strings.Split("abcdefghijklmnopqrstuvwxyz", "") {
		s.ask(t.Context(), prompt.Prompt{Text: text, Language: prompt.English})
	}
	s.work.Wait()
	if most.Load() > int32(cap(s.gate)) || most.Load() == 0 {
		t.Errorf("%d at a time, want up to %d", most.Load(), cap(s.gate))
	}
}

func TestSpeechEndsWithItsContext(t *testing.T) {
	s, _, _ := newSpeech(t)
	ctx, cancel := context.WithCancel(t.Context())
	begun := make(chan struct{})
	s.speak = func(ctx context.Context, _ string, _ speaker) (sounds.Sound, error) {
		close(begun)
		<-ctx.Done()
		return sounds.Sound{}, ctx.Err()
	}
	s.ask(ctx, prompt.Prompt{Text: "Hello", Language: prompt.English})
	<-begun
	cancel()
	s.close()
	s.ask(t.Context(), prompt.Prompt{Text: "Again", Language: prompt.English})
	if len(s.pending) != 0 {
		t.Error("something is spoken after the end")
	}
}

func TestWordsArePlayedOneAfterTheOther(t *testing.T) {
	_, lib, log := newSpeech(t)
	for _, c := range []struct {
		in   prompt.Prompt
		want int
	}{
		{prompt.OfPosition(3), 3}, {prompt.OfNumber(24).In(prompt.German), 1}, {prompt.OfNumber(201).In(prompt.French), 3},
		{prompt.OfWait(prompt.Wait, 21*time.Minute).In(prompt.Spanish), 3}, {prompt.OfDigits("0470"), 4},
		{prompt.OfNumber(-1), 0}, {prompt.OfNumber(1).In("nl"), 0}, {prompt.Prompt{}, 0}, {prompt.Prompt{Audio: "nobody"}, 0},
	} {
		if got := lib.Sounds([]prompt.Prompt{c.in}); len(got) != c.want || slices.Contains(got, nil) {
			t.Errorf("%+v: %d sounds, want %d: %s", c.in, len(got), c.want, log.text.String())
		}
	}
	digits := lib.Sounds([]prompt.Prompt{prompt.OfDigits("77")})
	if digits[0] != digits[1] {
		t.Error("a word is not shared")
	}
}

func TestTonesOfACountry(t *testing.T) {
	_, lib, _ := newSpeech(t)
	for _, c := range []struct {
		name, country string
		kind          tone.Kind
	}{
		{"ringback", "US", tone.Ringback}, {"busy", "DE", tone.Busy}, {"congestion", "GB", tone.Congestion},
		{"ringback", "XX", tone.Ringback}, {"busy", "", tone.Busy}, {"other", "FR", tone.Ringback},
		{"call waiting", "DE", tone.CallWaiting}, {"special information", "GB", tone.Special}, {"dial", "IT", tone.Dial},
		{"voicemail beep", "JP", tone.VoicemailBeep}, {"recording beep", "US", tone.RecordingBeep}, {"key beep", "ES", tone.KeyBeep},
	} {
		got := lib.Tone(inCountry(c.name, c.country))
		if !slices.Equal(got.PCM(), tone.Of(c.kind, c.country).Sound(media.SampleRate)) {
			t.Errorf("%s in %q: another tone of %v", c.name, c.country, got.Duration())
		}
		if lib.Tone(inCountry(c.name, c.country)) != got {
			t.Errorf("%s in %q is not shared", c.name, c.country)
		}
	}
	if slices.Equal(lib.Tone("ringback/US").PCM(), lib.Tone("ringback/DE").PCM()) {
		t.Error("the country makes no difference")
	}
}

// ear notes what the rooms are asked for.
type ear struct {
	callcontrol.Sound
	hearings []call.Hearing
}

func (e *ear) Arrange(_ id.Call, hearings []call.Hearing) { e.hearings = hearings }

func TestRoomsHearTheCountryOfTheCall(t *testing.T) {
	heard := &ear{}
	rooms := localRooms{heard, func(which id.Call) home { return map[id.Call]home{"one": {"DE", prompt.German}}[which] }}
	asked := []call.Hearing{
		{Leg: "ann", Tone: "busy"}, {Leg: "eve", From: "ann"},
		{Leg: "bob", Prompts: []prompt.Prompt{{Text: "Hallo"}, {Text: "Bonjour", Language: prompt.French}}},
	}
	rooms.Arrange("one", asked)
	if got := heard.hearings; len(got) != 3 || got[0].Tone != "busy/DE" || got[1].Tone != "" ||
		got[2].Prompts[0].Language != prompt.German || got[2].Prompts[1].Language != prompt.French {
		t.Errorf("arranged %+v", got)
	}
	if asked[0].Tone != "busy" || asked[2].Prompts[0].Language != "" {
		t.Error("what the call holds was changed")
	}
	rooms.Arrange("gone", []call.Hearing{{Leg: "ann", Prompts: []prompt.Prompt{prompt.OfNumber(1)}}})
	if got := heard.hearings; len(got) != 1 || got[0].Prompts[0].Language != "" {
		t.Errorf("arranged %+v", got)
	}
}

// TestTextsAreSpokenAsCallsHearThem has every text of a queue there in the language of each number, not of the organisation alone.
func TestTextsAreSpokenAsCallsHearThem(t *testing.T) {
	s, lib, _ := newSpeech(t)
	s.speak = func(context.Context, string, speaker) (sounds.Sound, error) {
		return sounds.Sound{Rate: sounds.Wide, Samples: make([]int16, 1600)}, nil
	}
	said := func(text string) prompt.Prompt { return prompt.Prompt{Text: text} }
	q := config.Queue{EntryGreeting: said("Hallo"), NoAgentMessage: said("Nobody"), WaitingMessages: []prompt.Prompt{said("Wait")}}
	q.Callback.Announce, q.Callback.Confirm = said("Press 1"), said("We call")
	one := &site.Site{Org: store.Organisation{Country: "FR"}, Records: &site.Records{}, Routing: &routing.Plan{
		Queues:  map[id.Queue]routing.Queue{"q": {Queue: q}},
		Numbers: map[tel.Number]routing.Number{"+33": {}, "+49": {Language: prompt.German}},
	}}
	(&App{speech: s}).haveSpoken(t.Context(), one)
	s.work.Wait()
	for _, p := range []prompt.Prompt{q.EntryGreeting, q.NoAgentMessage, q.WaitingMessages[0], q.Callback.Announce, q.Callback.Confirm} {
		for _, in := range []prompt.Language{prompt.French, prompt.German} {
			if len(lib.Sounds([]prompt.Prompt{p.In(in)})) != 1 {
				t.Errorf("%q is not spoken in %s", p.Text, in)
			}
		}
	}
}

func TestErrorOfNothingSpoken(t *testing.T) {
	if _, err := newLibrary(slog.New(slog.DiscardHandler), nil).text(prompt.Prompt{Text: "a"}); !errors.Is(err, errNotSpoken) {
		t.Error(err)
	}
}
