package simulator

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"parley/internal/acd"
	"parley/internal/owner"
)

// keep writes the transcript that replays a broken promise and gives the file's name. It begins at the last state that was
// noted when it replays from there to the same promise, else at the beginning of the run, which is simulated again.
func keep(ctx context.Context, o Options, run outcome) (string, error) {
	if o.Transcripts == "" {
		return "", nil
	}
	if err := os.MkdirAll(o.Transcripts, 0o750); err != nil {
		return "", err
	}
	name := filepath.Join(o.Transcripts, fmt.Sprintf("acd-simulate-%d.jsonl", o.Seed))
	err := save(name, heading(o, run, run.notes), func(s *owner.Scribe[acd.Signal]) error { return s.Write(run.notes.lines...) })
	if err != nil || run.notes.state == nil || replaysTo(name, o, run.audit.broken) {
		return name, err
	}
	return name, save(name, heading(o, run, notes{}), func(s *owner.Scribe[acd.Signal]) error {
		_, err := play(ctx, o, func(l owner.Line[acd.Signal]) error { return s.Write(l) })
		return err
	})
}

func heading(o Options, run outcome, from notes) owner.Heading {
	return owner.Heading{
		Machine: "acd", ID: fmt.Sprintf("simulated with seed %d", o.Seed), State: from.state, Books: from.books, Broke: run.audit.broken.Error(),
	}
}

func save(name string, h owner.Heading, write func(*owner.Scribe[acd.Signal]) error) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	s, err := owner.NewScribe(w, h, acd.Signals)
	if err == nil {
		err = write(s)
	}
	return errors.Join(err, w.Flush(), f.Close())
}

func replaysTo(name string, o Options, broken error) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	t, err := owner.ReadTranscript(f)
	if err != nil {
		return false
	}
	again := replay(t, io.Discard, o.machine())
	return errors.Is(again, owner.ErrBroke) || again != nil && strings.Contains(again.Error(), broken.Error())
}

// Replay runs the transcript of an ACD again, tells it as a story and audits it. Of a promise that is broken again the
// last line tells, and the error is ErrBroken; other errors say what is wrong with the transcript.
func Replay(t *owner.Transcript, w io.Writer) error { return replay(t, w, acd.New()) }

func replay(t *owner.Transcript, w io.Writer, machine Machine) error {
	audit := newAuditor()
	if err := errors.Join(owner.Restore(t.State, machine), owner.Restore(t.Books, audit)); err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	fmt.Fprintf(w, "# %s %s\n", t.Machine, t.ID)
	err := owner.Retell(t, w, acd.Signals, func(now time.Time, s acd.Signal) owner.Retold {
		out, refused := machine.Handle(now, s)
		audit.step(step{now: now, signal: s, out: out, refused: refused})
		return owner.Retold{Do: owner.Anys(out.Actions), Tell: owner.Anys(out.Events), No: refused, Over: audit.broken}
	})
	if err == nil && strings.HasPrefix(t.Broke, atTheEnd) {
		audit.rest()
		err = audit.broken
	}
	if err != nil {
		fmt.Fprintf(w, "# %v\n", err)
		return fmt.Errorf("replay: %w", err)
	}
	fmt.Fprintln(w, "# every promise was kept")
	return nil
}
