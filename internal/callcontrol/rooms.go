package callcontrol

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"time"

	"parley/internal/amd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/prompt"
	"parley/internal/treatment"
)

// Library finds sound that exists already, by its name in the library or as spoken text.
type Library interface {
	// Sounds gives the sounds of the prompts in order; one that does not exist is left out and logged.
	Sounds(prompts []prompt.Prompt) []*media.Sound
	// Hold gives hold audio by name; "" and "default" are the organisation's.
	Hold(audio string) *media.Sound
	// Tone gives ringback, busy, congestion, or another tone by its kind's name in package tone.
	Tone(name string) *media.Sound
}

// Files says where recordings are written.
type Files interface {
	// NewRecording gives the file of a recording that begins now, and what seals it on its way there; an error says in words
	// for people why there can be none. It does not wait.
	NewRecording(org id.Org, recording id.Recording, now time.Time) (path string, seal Seal, err error)
	// LeftRecording measures what a process that is gone has left of a recording that began then; fs.ErrNotExist: nothing.
	// What comes with another error is still true.
	LeftRecording(org id.Org, recording id.Recording, began time.Time) (media.RecordingResult, error)
}

// Seal stands between the sound of a recording and its file; see media.Recording.
type Seal = func(file io.Writer) (io.WriteCloser, error)

// Rooms carries out who hears what in the media engine: one room per call.
type Rooms struct {
	Engine  *media.Engine
	Library Library
	Files   Files
	Log     *slog.Logger
	// Tell takes what comes of recordings back to their calls.
	Tell func(which id.Call, s call.Signal)

	mu    sync.Mutex // guards the map; a room itself is touched by its call's owner only
	rooms map[id.Call]*room
}

// room is one call's arrangement.
type room struct {
	media *media.Room
	left  map[id.Recording]leftover // of an earlier process
}

var _ Sound = (*Rooms)(nil)

func (r *Rooms) room(which id.Call) *room {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.rooms == nil {
		r.rooms = map[id.Call]*room{}
	}
	if r.rooms[which] == nil {
		r.rooms[which] = &room{media: r.Engine.OpenRoom(which)}
	}
	return r.rooms[which]
}

// Arrange says who hears what in a call.
func (r *Rooms) Arrange(which id.Call, hearings []call.Hearing) {
	r.apply(r.room(which), hearings)
	for _, h := range hearings {
		if len(h.Prompts) > 0 && len(r.Library.Sounds(h.Prompts)) == 0 { // nobody waits for what cannot be heard
			r.Tell(which, call.PlayEnded{Leg: h.Leg, Tag: h.Tag})
		}
	}
}

// Close ends a call's room.
func (r *Rooms) Close(which id.Call) {
	r.mu.Lock()
	k := r.rooms[which]
	delete(r.rooms, which)
	r.mu.Unlock()
	if k == nil {
		return
	}
	if r.Log != nil && r.Log.Enabled(context.Background(), slog.LevelDebug) {
		r.Log.Debug("room closes", "call", string(which), "sound", k.media.String())
	}
	k.media.Close()
}

// Paths is the way of the sound in a call now: what each leg hears, stage by stage. It is empty for a call without a room.
// Unlike the rest it may be asked by anyone.
func (r *Rooms) Paths(which id.Call) map[id.Leg]string {
	r.mu.Lock()
	k := r.rooms[which]
	r.mu.Unlock()
	if k == nil {
		return nil
	}
	return k.media.Paths()
}

func (r *Rooms) hold(audio string) *media.Play {
	return &media.Play{Tag: "hold:" + audio, Sounds: []*media.Sound{r.Library.Hold(audio)}, Loop: true}
}

func (r *Rooms) apply(k *room, hearings []call.Hearing) {
	all := make([]media.Hearing, 0, len(hearings))
	for _, h := range hearings {
		over := h.Tone != "" && (h.From != "" || len(h.Mix) > 0)
		all = append(all, media.Hearing{Leg: h.Leg, From: h.From, Mix: mix(h.Mix), Play: r.play(h), Over: over, Detect: detection(h)})
	}
	k.media.Arrange(all)
}

// mix are the legs that one leg hears at once, each as loud as it is.
func mix(legs []id.Leg) []media.Source {
	var all []media.Source
	for _, leg := range legs {
		all = append(all, media.Source{Leg: leg})
	}
	return all
}

// detection is what the sound of the leg is looked at for: who has answered, or that nobody speaks any more.
func detection(h call.Hearing) *amd.Settings {
	switch {
	case h.Detect:
		return &amd.Settings{}
	case h.Pause:
		return &amd.Settings{FromStart: true}
	case h.Quiet:
		return &amd.Settings{Quiet: treatment.SilenceEnds, FromStart: true}
	}
	return nil
}

func (r *Rooms) play(h call.Hearing) *media.Play {
	switch {
	case h.Hold != "":
		return r.hold(h.Hold)
	case h.Tone != "":
		return &media.Play{Tag: "tone:" + h.Tone, Sounds: []*media.Sound{r.Library.Tone(h.Tone)}, Loop: true}
	case len(h.Prompts) > 0:
		if sounds := r.Library.Sounds(h.Prompts); len(sounds) > 0 {
			return &media.Play{Tag: h.Tag, Sounds: sounds}
		}
	}
	return nil
}
