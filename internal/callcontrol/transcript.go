package callcontrol

import (
	"bufio"
	"cmp"
	"encoding/json"
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

// heading is the first line of a transcript.
type heading struct {
	Machine string `json:"machine"` // "call" or "station"
	ID      string `json:"id"`
	Org     string `json:"org"`
	// State is the machine before the first signal; without it the machine is a new one.
	State json.RawMessage `json:"state,omitempty"`
	// Broke is what the panic said.
	Broke string `json:"broke,omitempty"`
}

// signalLine is one signal of a transcript.
type signalLine struct {
	At     time.Time       `json:"at"`
	Signal string          `json:"signal"`
	Data   json.RawMessage `json:"data"`
}

// writeTranscript keeps the last signals of a broken machine for `parley replay` and gives the file's name.
func (x *Exchange) writeTranscript(h heading, t *trail, lines any) string {
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

func saveTranscript(name string, h heading, t *trail, lines any) error {
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

func encodeTranscript[S any](w io.Writer, h heading, t *trail, d *owner.Dictionary[S], lines []owner.Line[S]) error {
	state, skip := t.before(len(lines))
	h.State = state
	enc := json.NewEncoder(w)
	if err := enc.Encode(h); err != nil {
		return err
	}
	for _, l := range lines[skip:] {
		word, data, err := d.Encode(l.Signal)
		if err != nil {
			return err
		}
		if err := enc.Encode(signalLine{At: l.At, Signal: word, Data: data}); err != nil {
			return err
		}
	}
	return nil
}

// ErrBroke says that the machine of a transcript broke.
var ErrBroke = errors.New("the machine broke")

// Replay runs a transcript again and tells it as a story. Of a machine that broke, or whose actions broke what carried
// them out, the last line tells, and the error is ErrBroke; other errors say what is wrong with the transcript.
func Replay(r io.Reader, w io.Writer) error {
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 4<<20)
	if !scan.Scan() {
		return fmt.Errorf("replay: the transcript is empty: %w", cmp.Or(scan.Err(), io.ErrUnexpectedEOF))
	}
	var h heading
	if err := json.Unmarshal(scan.Bytes(), &h); err != nil {
		return fmt.Errorf("replay: first line: %w", err)
	}
	fmt.Fprintf(w, "# %s %s\n", h.Machine, h.ID)
	var err error
	switch h.Machine {
	case "call":
		err = replayCall(scan, w, h)
	case "station":
		err = replayStation(scan, w, h)
	default:
		err = fmt.Errorf("no machine %q", h.Machine)
	}
	if err == nil && h.Broke != "" {
		fmt.Fprintf(w, "# broke while the last signal was carried out: %s\n", h.Broke)
		err = fmt.Errorf("%w while the last signal was carried out: %s", ErrBroke, h.Broke)
	}
	if err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	return nil
}

func replayCall(scan *bufio.Scanner, w io.Writer, h heading) error {
	j := newJourney(call.New(id.Call(h.ID), id.Org(h.Org)))
	if err := startFrom(h, j); err != nil {
		return err
	}
	if j.Call == nil {
		return errors.New("first line: state without a call")
	}
	return replay(scan, w, call.Signals, func(now time.Time, s call.Signal) ([]any, []any, error) {
		o, err := j.Handle(now, s)
		return append(anys(o.Actions), anys(o.waits)...), anys(o.Events), err
	})
}

func replayStation(scan *bufio.Scanner, w io.Writer, h heading) error {
	st := station.New(id.Agent(h.ID), id.Org(h.Org))
	if err := startFrom(h, st); err != nil {
		return err
	}
	return replay(scan, w, station.Signals, func(now time.Time, s station.Signal) ([]any, []any, error) {
		o, err := st.Handle(now, s)
		return anys(o.Actions), anys(o.Events), err
	})
}

func startFrom(h heading, machine any) error {
	if len(h.State) == 0 || string(h.State) == "null" {
		return nil
	}
	if err := json.Unmarshal(h.State, machine); err != nil {
		return fmt.Errorf("first line: state: %w", err)
	}
	return nil
}

func replay[S any](scan *bufio.Scanner, w io.Writer, d *owner.Dictionary[S], handle func(time.Time, S) (do, tell []any, err error)) error {
	for n := 2; scan.Scan(); n++ {
		var l signalLine
		if err := json.Unmarshal(scan.Bytes(), &l); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		s, err := d.Decode(l.Signal, l.Data)
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		fmt.Fprintf(w, "%s < %s %s\n", l.At.UTC().Format("15:04:05.000"), l.Signal, l.Data)
		if err := tellStep(w, func() ([]any, []any, error) { return handle(l.At, s) }); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return scan.Err()
}

func tellStep(w io.Writer, step func() (do, tell []any, err error)) (broke error) {
	defer func() {
		if v := recover(); v != nil {
			fmt.Fprintf(w, "  broke %v\n", v)
			broke = fmt.Errorf("%w: %v", ErrBroke, v)
		}
	}()
	do, tell, err := step()
	for _, a := range do {
		data, _ := json.Marshal(a)
		fmt.Fprintf(w, "  do   %s %s\n", owner.Word(a), data)
	}
	for _, e := range tell {
		data, _ := json.Marshal(e)
		fmt.Fprintf(w, "  tell %s %s\n", owner.Word(e), data)
	}
	if err != nil {
		fmt.Fprintf(w, "  no   %v\n", err)
	}
	return nil
}

func anys[T any](list []T) []any {
	all := make([]any, len(list))
	for i, v := range list {
		all[i] = v
	}
	return all
}
