package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/uptrace/bun"
)

const longestPause = 5 * time.Second // between two attempts

var (
	errBacklog = errors.New("the database has been out of reach for too long")
	errClosed  = errors.New("write journal: closed")
)

// GroupCommit collects what all writers give and stores it in one transaction at most every Config.Every, so that neither
// sound nor signalling ever waits for a disk. A failed transaction is tried again until it succeeds.
type GroupCommit struct {
	db      *DB
	cfg     GroupCommitConfig
	wake    chan struct{} // something waits
	asked   chan struct{} // someone waits in Flush
	closing chan struct{}
	done    chan struct{} // the goroutine has ended
	cancel  context.CancelFunc

	mu       sync.Mutex
	pending  *batch
	added    uint64        // rows ever taken
	written  uint64        // of those, how many were settled: stored or lost
	changed  chan struct{} // closed and replaced when written moves
	lastErr  error
	overflow int // rows refused since the last report
	stats    GroupCommitStats
}

// StartGroupCommit starts the goroutine that writes; end it by Close.
func (db *DB) StartGroupCommit(cfg GroupCommitConfig) *GroupCommit {
	cfg.fill()
	ctx, cancel := context.WithCancel(context.Background())
	g := &GroupCommit{db: db, cfg: cfg, pending: newBatch(), cancel: cancel,
		wake: make(chan struct{}, 1), asked: make(chan struct{}, 1), closing: make(chan struct{}),
		done: make(chan struct{}), changed: make(chan struct{})}
	go g.run(ctx)
	return g
}

// lend gives the pending batch to put one row into, after which given ends the loan; it never waits for the database. It is nil when too
// much waits already: that row is lost, and the loan has ended.
func (g *GroupCommit) lend() *batch {
	g.mu.Lock()
	if g.pending.bytes < g.cfg.MaxBytes {
		return g.pending
	}
	g.overflow++
	g.stats.Lost++
	g.mu.Unlock()
	return nil
}

func (g *GroupCommit) given() {
	g.added++
	g.mu.Unlock()
	nudge(g.wake)
}

// Flush waits until everything given before is stored, or gives the reason why it is not when ctx ends first.
func (g *GroupCommit) Flush(ctx context.Context) error {
	g.mu.Lock()
	want := g.added
	g.mu.Unlock()
	for {
		g.mu.Lock()
		reached, changed, lastErr := g.written >= want, g.changed, g.lastErr
		g.mu.Unlock()
		if reached {
			return nil
		}
		nudge(g.asked)
		select {
		case <-changed:
		case <-g.done:
			return errClosed
		case <-ctx.Done():
			return fmt.Errorf("write journal: %w", errors.Join(ctx.Err(), lastErr))
		}
	}
}

// Close stores what waits and stops. When ctx ends first, what still waits is lost and the error says why.
func (g *GroupCommit) Close(ctx context.Context) error {
	err := g.Flush(ctx)
	g.mu.Lock()
	select {
	case <-g.closing:
	default:
		close(g.closing)
	}
	g.mu.Unlock()
	g.cancel()
	<-g.done
	return err
}

// Stats counts what was done so far.
func (g *GroupCommit) Stats() GroupCommitStats {
	g.mu.Lock()
	defer g.mu.Unlock()
	stats := g.stats
	stats.Waiting = g.pending.rows()
	return stats
}

func (g *GroupCommit) run(ctx context.Context) {
	defer close(g.done)
	for {
		select {
		case <-g.wake:
		case <-g.closing:
			return
		}
		began := time.Now()
		work, count := g.take()
		if !g.settle(ctx, work) {
			return
		}
		g.report(count)
		g.pause(g.cfg.Every - time.Since(began))
	}
}

// take makes what waits the running batch.
func (g *GroupCommit) take() (work *batch, upTo uint64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	work, g.pending = g.pending, newBatch()
	return work, g.added
}

// report tells those who wait in Flush that all up to this count is settled, and of what was refused meanwhile.
func (g *GroupCommit) report(upTo uint64) {
	g.mu.Lock()
	g.written, g.lastErr = upTo, nil
	close(g.changed)
	g.changed = make(chan struct{})
	lost := g.overflow
	g.overflow = 0
	g.mu.Unlock()
	if lost > 0 {
		g.cfg.Failed(&LostError{Rows: lost, Cause: errBacklog})
	}
}

// settle stores the batch, however often it has to try; false means that it must stop before.
func (g *GroupCommit) settle(ctx context.Context, work *batch) bool {
	rest := []*batch{work}
	pause := g.cfg.Every
	for {
		rest = g.attempt(ctx, rest)
		if len(rest) == 0 {
			return true
		}
		if ctx.Err() != nil {
			return false
		}
		g.pause(pause)
		pause = min(2*pause, longestPause)
	}
}

// attempt stores each batch in a transaction of its own and gives back those to try again. A batch that holds a row which
// the database will always refuse is taken apart; such a row alone is lost.
func (g *GroupCommit) attempt(ctx context.Context, work []*batch) (rest []*batch) {
	for i, b := range work {
		if b.rows() == 0 {
			continue
		}
		err := g.commit(ctx, b)
		switch {
		case err == nil:
		case !isPermanent(err):
			return append(rest, work[i:]...)
		case b.rows() > 1:
			rest = append(rest, g.attempt(ctx, b.singles())...)
		default:
			g.mu.Lock()
			g.stats.Lost++
			g.mu.Unlock()
			g.cfg.Failed(&LostError{Rows: 1, Cause: err})
		}
	}
	return rest
}

func (g *GroupCommit) commit(ctx context.Context, b *batch) error {
	ctx, cancel := context.WithTimeout(ctx, g.cfg.Timeout)
	defer cancel()
	err := g.db.write(ctx, func(ctx context.Context, tx bun.Tx) error { return b.store(ctx, g.db, tx) })
	if err == nil {
		g.db.past.stored(b)
	}
	g.mu.Lock()
	if err == nil {
		g.stats.Commits++
		g.stats.Rows += uint64(b.rows())
	} else {
		g.stats.Failed++
		g.lastErr = err
	}
	g.mu.Unlock()
	if err != nil && !isPermanent(err) {
		g.cfg.Failed(fmt.Errorf("write journal: %w", err))
	}
	return err
}

// pause waits, but not while someone waits in Flush or the end has come.
func (g *GroupCommit) pause(length time.Duration) {
	timer := time.NewTimer(max(length, 0))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-g.asked:
	case <-g.closing:
	}
}

func nudge(signal chan struct{}) {
	select {
	case signal <- struct{}{}:
	default:
	}
}
