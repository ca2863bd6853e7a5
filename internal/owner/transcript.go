package owner

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// Heading is the first line of a transcript.
type Heading struct {
	Machine string `json:"machine"` // "call", "station" or "acd"
	ID      string `json:"id"`
	Org     string `json:"org"`
	// State is the machine before the first signal; without it the machine is a new one.
	State json.RawMessage `json:"state,omitempty"`
	// Books are what the checker of a machine's promises knew before the first signal; without them nothing, or nobody checked.
	Books json.RawMessage `json:"books,omitempty"`
	// Broke is what the panic said.
	Broke string `json:"broke,omitempty"`
}

// signalLine is one signal of a transcript.
type signalLine struct {
	At     time.Time       `json:"at"`
	Signal string          `json:"signal"`
	Data   json.RawMessage `json:"data"`
}

// ErrBroke says that the machine of a transcript broke.
var ErrBroke = errors.New("the machine broke")

// Scribe writes a transcript, a line of JSON for the heading and for each signal.
type Scribe[S any] struct {
	enc   *json.Encoder
	words *Dictionary[S]
}

// NewScribe begins a transcript with its heading.
func NewScribe[S any](w io.Writer, h Heading, d *Dictionary[S]) (*Scribe[S], error) {
	s := &Scribe[S]{enc: json.NewEncoder(w), words: d}
	return s, s.enc.Encode(h)
}

// Write adds signals.
func (s *Scribe[S]) Write(lines ...Line[S]) error {
	for _, l := range lines {
		word, data, err := s.words.Encode(l.Signal)
		if err != nil {
			return err
		}
		if err := s.enc.Encode(signalLine{At: l.At, Signal: word, Data: data}); err != nil {
			return err
		}
	}
	return nil
}

// longestLine bounds a line of a transcript; the first one holds a whole machine, such as an ACD with 10,000 agents.
const longestLine = 256 << 20

// Transcript is one that is read.
type Transcript struct {
	Heading
	scan *bufio.Scanner
}

// ReadTranscript reads the heading.
func ReadTranscript(r io.Reader) (*Transcript, error) {
	t := &Transcript{scan: bufio.NewScanner(r)}
	t.scan.Buffer(nil, longestLine)
	if !t.scan.Scan() {
		return nil, fmt.Errorf("the transcript is empty: %w", cmp.Or(t.scan.Err(), io.ErrUnexpectedEOF))
	}
	if err := json.Unmarshal(t.scan.Bytes(), &t.Heading); err != nil {
		return nil, fmt.Errorf("first line: %w", err)
	}
	return t, nil
}

// Restore brings what encodes itself back to what the heading holds of it, if it does: its State or its Books. A state that
// cannot be is an error, also where decoding it panics.
func Restore(from json.RawMessage, what any) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("first line: state: %v", v)
		}
	}()
	if len(from) == 0 || bytes.Equal(from, []byte("null")) {
		return nil
	}
	if err := json.Unmarshal(from, what); err != nil {
		return fmt.Errorf("first line: state: %w", err)
	}
	return nil
}

// Retell has handle handle the signals of a transcript again, and tells it as a story: what it gives to be done and to be
// told, and a refusal. A panic of handle is told too and ends the story with ErrBroke. The error says in which line.
func Retell[S any](t *Transcript, w io.Writer, d *Dictionary[S], handle func(time.Time, S) Retold) error {
	for n := 2; t.scan.Scan(); n++ {
		var l signalLine
		if err := json.Unmarshal(t.scan.Bytes(), &l); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		s, err := d.Decode(l.Signal, l.Data)
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		fmt.Fprintf(w, "%s < %s %s\n", l.At.UTC().Format("15:04:05.000"), l.Signal, l.Data)
		if err := tellStep(w, func() Retold { return handle(l.At, s) }); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return t.scan.Err()
}

// Retold is what one signal of a transcript led to.
type Retold struct {
	Do, Tell []any
	No       error // the signal was refused
	Over     error // ends the story
}

func tellStep(w io.Writer, step func() Retold) (over error) {
	defer func() {
		if v := recover(); v != nil {
			fmt.Fprintf(w, "  broke %v\n", v)
			over = fmt.Errorf("%w: %v", ErrBroke, v)
		}
	}()
	r := step()
	for _, a := range r.Do {
		data, _ := json.Marshal(a)
		fmt.Fprintf(w, "  do   %s %s\n", Word(a), data)
	}
	for _, e := range r.Tell {
		data, _ := json.Marshal(e)
		fmt.Fprintf(w, "  tell %s %s\n", Word(e), data)
	}
	if r.No != nil {
		fmt.Fprintf(w, "  no   %v\n", r.No)
	}
	return r.Over
}

// Anys gives the values of a list as values of any kind.
func Anys[T any](list []T) []any {
	all := make([]any, len(list))
	for i, v := range list {
		all[i] = v
	}
	return all
}
