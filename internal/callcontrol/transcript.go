package callcontrol

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/station"
)

// writeTranscript keeps the last signals of a broken machine for `parley replay` and gives the file's name.
func (x *Exchange) writeTranscript(h owner.Heading, t *trail, lines any) string {
	if x.Transcripts == "" {
		return ""
	}
	name := filepath.Join(x.Transcripts, fmt.Sprintf("%s-%s.jsonl", h.Machine, h.ID))
	err := os.MkdirAll(x.Transcripts, 0o750)
	if err == nil {
		err = saveTranscript(name, h, t, lines)
	}
	if err != nil {
		x.Log.Error("transcript not written", "file", name, h.Machine, h.ID, "err", err)
	}
	return name
}

func saveTranscript(name string, h owner.Heading, t *trail, lines any) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	switch l := lines.(type) {
	case []owner.Line[call.Signal]:
		err = encodeTranscript(w, h, t, call.Signals, l)
	case []owner.Line[station.Signal]:
		err = encodeTranscript(w, h, t, station.Signals, l)
	}
	return errors.Join(err, w.Flush(), f.Close())
}

func encodeTranscript[S any](w io.Writer, h owner.Heading, t *trail, d *owner.Dictionary[S], lines []owner.Line[S]) error {
	state, skip := t.before(len(lines))
	h.State = state
	s, err := owner.NewScribe(w, h, d)
	if err != nil {
		return err
	}
	return s.Write(lines[skip:]...)
}

// ErrBroke says that the machine of a transcript broke.
var ErrBroke = owner.ErrBroke

// Replay runs a transcript again and tells it as a story. Of a machine that broke, or whose actions broke what carried
// them out, the last line tells, and the error is ErrBroke; other errors say what is wrong with the transcript.
func Replay(t *owner.Transcript, w io.Writer) error {
	fmt.Fprintf(w, "# %s %s\n", t.Machine, t.ID)
	var err error
	switch t.Machine {
	case "call":
		err = replayCall(t, w)
	case "station":
		err = replayStation(t, w)
	default:
		err = fmt.Errorf("no machine %q", t.Machine)
	}
	if err == nil && t.Broke != "" {
		fmt.Fprintf(w, "# broke while the last signal was carried out: %s\n", t.Broke)
		err = fmt.Errorf("%w while the last signal was carried out: %s", ErrBroke, t.Broke)
	}
	if err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	return nil
}

func replayCall(t *owner.Transcript, w io.Writer) error {
	j := newJourney(call.New(id.Call(t.ID), id.Org(t.Org)))
	if err := owner.Restore(t.State, j); err != nil {
		return err
	}
	if j.Call == nil {
		return errors.New("first line: state without a call")
	}
	return owner.Retell(t, w, call.Signals, func(now time.Time, s call.Signal) owner.Retold {
		o, err := j.Handle(now, s)
		return owner.Retold{Do: owner.Anys(o.Actions), Tell: owner.Anys(o.Events), No: err}
	})
}

func replayStation(t *owner.Transcript, w io.Writer) error {
	st := station.New(id.Agent(t.ID), id.Org(t.Org))
	if err := owner.Restore(t.State, st); err != nil {
		return err
	}
	return owner.Retell(t, w, station.Signals, func(now time.Time, s station.Signal) owner.Retold {
		o, err := st.Handle(now, s)
		return owner.Retold{Do: owner.Anys(o.Actions), Tell: owner.Anys(o.Events), No: err}
	})
}
