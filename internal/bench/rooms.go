package bench

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/tel"
)

const (
	parties    = 100                   // in conferences of ten, and in menus
	keyEach    = 20 * time.Millisecond // somebody in a menu presses a key: everybody every two seconds
	answerWait = 10 * time.Second
)

var errSilent = errors.New("the engine does not answer")

// measureRooms measures the media engine by itself, in a process of its own: conferences and menus, which no call reaches
// yet, and the memory of sound.
func measureRooms(ctx context.Context, r *run) error {
	r.leave()
	e, err := startEngine(ctx, r.Program)
	if err != nil {
		return err
	}
	defer e.leave()
	for _, measure := range []func(context.Context, *run) error{e.memory, e.conferences, e.menus, e.fullOpus} {
		if err := measure(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// engine is a media engine in a process of its own.
type engine struct {
	*server
	in      io.WriteCloser
	answers chan outcome
}

func startEngine(ctx context.Context, program string) (*engine, error) {
	e := &engine{server: newProcess(ctx, program, "bench", "--engine"), answers: make(chan outcome, 1)}
	in, err := e.cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start the engine: %w", err)
	}
	out, write := io.Pipe()
	e.in, e.cmd.Stdout = in, write
	if err := e.start(); err != nil {
		return nil, err
	}
	go func() {
		<-e.over
		_ = write.Close() // always nil
	}()
	go e.listen(out)
	return e, nil
}

// listen passes the engine's answers on until it has ended.
func (e *engine) listen(out io.Reader) {
	defer close(e.answers)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var o outcome
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			o.Error = err.Error()
		}
		e.answers <- o
	}
}

// leave has the engine end, as it does when nothing more is to come.
func (e *engine) leave() {
	_ = e.in.Close() // an error means that the engine has gone
	select {
	case <-e.over:
	case <-time.After(answerWait):
		e.stop()
	}
}

// perform gives the engine a task.
func (e *engine) perform(ctx context.Context, t task) (outcome, error) {
	if err := json.NewEncoder(e.in).Encode(t); err != nil {
		return outcome{}, fmt.Errorf("tell the engine: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, answerWait)
	defer cancel()
	select {
	case o, more := <-e.answers:
		if !more || o.Error != "" || len(o.Ports) != len(t.Remote) {
			return o, fmt.Errorf("%s with %d legs: %w: %s; its last words:\n%s", t.Work, len(t.Remote), errSilent, o.Error, e.log)
		}
		return o, nil
	case <-ctx.Done():
		return outcome{}, fmt.Errorf("%s: %w: %w", t.Work, errSilent, ctx.Err())
	}
}

// farSide is the far side of the engine's legs.
type farSide struct {
	engine *media.Engine
	legs   []*media.Leg
}

// openFarSide opens so many legs, which send nothing yet.
func openFarSide(legs int) (*farSide, error) {
	e, err := media.Open(media.Config{
		Bind: loopback, First: usual.first, Last: usual.first + 6*usual.share - 1, Workers: 1, Grain: ownTime,
	})
	if err != nil {
		return nil, fmt.Errorf("open the far side: %w", err)
	}
	f := &farSide{engine: e}
	for n := range legs {
		l, err := e.OpenSocket(id.Leg(fmt.Sprint("far", n)), func(media.Event) {})
		if err != nil {
			e.Close()
			return nil, fmt.Errorf("open the far side: %w", err)
		}
		f.legs = append(f.legs, l)
	}
	return f, nil
}

func (f *farSide) close() { f.engine.Close() }

// ports are those of the legs.
func (f *farSide) ports() []uint16 {
	var all []uint16
	for _, l := range f.legs {
		all = append(all, l.Port())
	}
	return all
}

// speak lets every leg send a sound to a port of the engine, that is at work on something.
func (f *farSide) speak(work string, to []uint16, sound *media.Sound) {
	play := &media.Play{Tag: "speech", Sounds: []*media.Sound{sound}, Loop: true}
	for n, l := range f.legs {
		l.Agree(termsFor(work, n, to[n]))
		f.engine.OpenRoom(id.Call(l.Name())).Arrange([]media.Hearing{{Leg: l.Name(), Play: play}})
	}
}

// whole is an error when the legs miss sound.
func (f *farSide) whole() error {
	var came, missed uint64
	for _, l := range f.legs {
		s := l.Stats()
		if s.PacketsIn == 0 {
			return fmt.Errorf("%s hears nothing", l.Name())
		}
		came, missed = came+s.PacketsIn, missed+s.Lost
	}
	if missed*1000 > came {
		return fmt.Errorf("%d packets of %d were lost", missed, came+missed)
	}
	return nil
}

// memory is what bridged calls take in the engine alone.
func (e *engine) memory(ctx context.Context, r *run) error {
	f, err := openFarSide(2 * manyCalls)
	if err != nil {
		return err
	}
	defer f.close()
	if _, err := e.perform(ctx, task{Work: workNothing}); err != nil {
		return err
	}
	empty, err := e.resident()
	if err != nil {
		return err
	}
	o, err := e.perform(ctx, task{Work: workCalls, Remote: f.ports()})
	if err != nil {
		return err
	}
	f.speak(workCalls, o.Ports, silence)
	if err := pause(ctx, 2*soundWarm); err != nil {
		return err
	}
	full, err := e.resident()
	if err != nil {
		return err
	}
	if err := f.whole(); err != nil {
		return err
	}
	each := float64(full-empty) / 1024 / manyCalls
	r.add(bounded(fmt.Sprintf("%d bridged calls in the engine alone: memory of sound, per call", manyCalls), each, "KB", 40))
	return nil
}

// menus has callers hear prompts and press keys.
func (e *engine) menus(ctx context.Context, r *run) error {
	f, err := openFarSide(parties)
	if err != nil {
		return err
	}
	defer f.close()
	o, err := e.perform(ctx, task{Work: workMenu, Remote: f.ports()})
	if err != nil {
		return err
	}
	f.speak(workMenu, o.Ports, silence)
	if err := f.press(ctx, soundWarm); err != nil {
		return err
	}
	busy, took, err := e.used(func() error { return f.press(ctx, pick(r.Options, 3*time.Second, 30*time.Second)) })
	if err != nil {
		return err
	}
	if err := f.whole(); err != nil {
		return err
	}
	if o, err = e.perform(ctx, task{Work: workNothing}); err != nil {
		return err
	}
	if most := uint64(took / keyEach); o.Digits < most/2 {
		return fmt.Errorf("only %d keys of more than %d were heard", o.Digits, most)
	}
	r.add(bounded(fmt.Sprintf("%d in a menu, a key each 2 s, engine alone: per 100", parties), perHundred(busy, took, parties), "% of a core", 5))
	return nil
}

// fullOpus bridges callers whose Opus is of the full band with G.711. Calls have it at 8 kHz, which sounds the same there.
func (e *engine) fullOpus(ctx context.Context, r *run) error {
	f, err := openFarSide(2 * transcoded)
	if err != nil {
		return err
	}
	defer f.close()
	o, err := e.perform(ctx, task{Work: workFullOpus, Remote: f.ports()})
	if err != nil {
		return err
	}
	f.speak(workFullOpus, o.Ports, chatter())
	if err := pause(ctx, 2*soundWarm); err != nil {
		return err
	}
	busy, took, err := e.used(func() error { return pause(ctx, pick(r.Options, 3*time.Second, 30*time.Second)) })
	if err != nil {
		return err
	}
	if err := f.whole(); err != nil {
		return err
	}
	r.add(bounded(fmt.Sprintf("%d calls, Opus at 48 kHz with G.711, engine alone: per 100", transcoded),
		perHundred(busy, took, transcoded), "% of a core", 90))
	_, err = e.perform(ctx, task{Work: workNothing})
	return err
}

// press has one leg after the other press a key.
func (f *farSide) press(ctx context.Context, length time.Duration) error {
	clock := time.NewTicker(keyEach)
	defer clock.Stop()
	for n, end := 0, time.Now().Add(length); time.Now().Before(end); n++ {
		select {
		case <-clock.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		f.legs[n%len(f.legs)].SendDigit(tel.Digit(strconv.Itoa(1+n%9)), 0)
	}
	return nil
}
