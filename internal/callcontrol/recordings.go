package callcontrol

import (
	"errors"
	"io/fs"
	"syscall"
	"time"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/media"
)

// Record begins a recording in a call's room. One that cannot begin stops at once, and says why; the call goes on. Now is
// the moment that the call's record names, so that the file is found by it.
func (r *Rooms) Record(now time.Time, which id.Call, org id.Org, a call.Record) {
	path, seal, err := r.Files.NewRecording(org, a.Recording, now)
	if err != nil {
		r.Tell(which, call.RecordingStopped{Recording: a.Recording, Failure: err.Error()})
		return
	}
	r.room(which).media.Record(media.Recording{
		ID: a.Recording, Path: path, Seal: seal, Customer: a.Customer, Others: a.Others,
		Done: func(result media.RecordingResult) {
			if result.Err != nil {
				r.Log.Warn("recording ended early, the call goes on", "call", which, "recording", result.ID, "err", result.Err)
			}
			r.Tell(which, stopped(result))
		},
	})
}

// ChangeRecording tells a recording of other legs or of a gap.
func (r *Rooms) ChangeRecording(which id.Call, a call.ChangeRecording) {
	customer, others := a.Customer, a.Others
	if a.Gap == "hold" { // nobody on either channel is a hold to the recorder
		customer, others = nil, nil
	}
	r.room(which).media.Change(a.Recording, customer, others, a.Gap == "pause")
}

// EndRecording ends a recording. Of one that an earlier process began, what is on disk is told.
func (r *Rooms) EndRecording(which id.Call, a call.EndRecording) {
	k := r.room(which)
	if l, found := k.left[a.Recording]; found {
		go func() { r.Tell(which, l.stopped(r.Files, a.Recording)) }()
		return
	}
	k.media.StopRecord(a.Recording)
}

// TakeUp names the recordings of a call that an earlier process began between two times. It is called before the call's
// owner begins.
func (r *Rooms) TakeUp(which id.Call, org id.Org, recordings []id.Recording, from, to time.Time) {
	if len(recordings) == 0 {
		return
	}
	k := r.room(which)
	k.left = map[id.Recording]leftover{}
	for _, recording := range recordings {
		k.left[recording] = leftover{org: org, from: from, to: to}
	}
}

// leftover is a recording of an earlier process: only the time in which it began is known.
type leftover struct {
	org      id.Org
	from, to time.Time
}

// stopped measures the file, which may lie under any day from the call's beginning to its last signal.
func (l leftover) stopped(files Files, recording id.Recording) call.RecordingStopped {
	const day = 24 * time.Hour
	for at := l.from; !at.After(l.to.Truncate(day).Add(day)); at = at.Add(day) {
		result, err := files.LeftRecording(l.org, recording, at)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		result.ID = recording
		s := stopped(result)
		s.Failure = Interrupted
		if err != nil {
			s.Failure += ": " + err.Error()
		}
		return s
	}
	return call.RecordingStopped{Recording: recording, Failure: Interrupted + ", and nothing of it was kept"}
}

func stopped(result media.RecordingResult) call.RecordingStopped {
	s := call.RecordingStopped{
		Recording: result.ID, Duration: result.Duration, Bytes: result.Bytes, Checksum: result.SHA256,
	}
	for _, g := range result.Gaps {
		s.Gaps = append(s.Gaps, call.Gap{From: g.From, To: g.To, Why: string(g.Why)})
	}
	if result.Err != nil {
		s.Failure = failure(result.Err)
	}
	return s
}

// failure says why a recording ended, for people: without the paths of the server, which stand in the log.
func failure(err error) string {
	if errors.Is(err, syscall.ENOSPC) {
		return "the disk is full, so the recording ended here"
	}
	return "the recording could not be written, so it ended here"
}
