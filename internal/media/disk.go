package media

import (
	"sync"
	"time"
)

// diskTime is how often recordings are looked after.
const diskTime = 200 * time.Millisecond

// disk is the one goroutine that decodes and writes recordings.
type disk struct {
	engine *Engine
	fresh  chan struct{}
	done   chan struct{}
	ends   sync.WaitGroup // files that are being closed

	mu        sync.Mutex
	recorders []*recorder
	closing   bool
}

func newDisk(e *Engine) *disk {
	d := &disk{engine: e, fresh: make(chan struct{}, 1), done: make(chan struct{})}
	go d.run()
	return d
}

func (d *disk) add(rec *recorder) {
	d.mu.Lock()
	d.recorders = append(d.recorders, rec)
	d.mu.Unlock()
	d.wake()
}

func (d *disk) wake() {
	select {
	case d.fresh <- struct{}{}:
	default:
	}
}

func (d *disk) run() {
	defer close(d.done)
	clock := time.NewTicker(diskTime)
	defer clock.Stop()
	for {
		current, closing := d.current()
		if len(current) == 0 {
			if closing {
				return
			}
			clock.Stop()
			<-d.fresh
			clock.Reset(diskTime)
			continue
		}
		for _, rec := range current {
			if over, err := rec.step(d.engine.now()); over || err != nil {
				d.end(rec, err)
			}
		}
		select {
		case <-clock.C:
		case <-d.fresh:
		}
	}
}

func (d *disk) current() ([]*recorder, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]*recorder(nil), d.recorders...), d.closing
}

// end closes a recording's file beside the others' writing, since the disk may take a while.
func (d *disk) end(rec *recorder, err error) {
	d.mu.Lock()
	for i, other := range d.recorders {
		if other == rec {
			d.recorders = append(d.recorders[:i], d.recorders[i+1:]...)
			break
		}
	}
	d.mu.Unlock()
	if err != nil {
		rec.abandon()
	}
	d.ends.Go(func() {
		result := rec.seal(err)
		if rec.Done != nil {
			rec.Done(result)
		}
	})
}

// abandon takes a failed recording out of its room.
func (rec *recorder) abandon() {
	rec.engine.mu.Lock()
	defer rec.engine.mu.Unlock()
	if rec.room.recordings[rec.ID] == rec {
		rec.room.end(rec.ID)
	}
}

// close ends all recordings and waits until their files are whole and Done was told.
func (d *disk) close() {
	d.mu.Lock()
	d.closing = true
	for _, rec := range d.recorders {
		rec.finish(d.engine.now())
	}
	d.mu.Unlock()
	d.wake()
	<-d.done
	d.ends.Wait()
}
