package app

import (
	"context"
	"net/http"
	"time"
)

// Stop takes no new calls, waits for the live ones until ctx is done or Drain has passed, and closes everything.
func (a *App) Stop(ctx context.Context) {
	live, _, _, _ := a.exchange.Counts()
	a.log.Info("stopping: no new calls are taken", "live_calls", live, "wait", a.Drain)
	a.sip.Drain()
	empty := a.exchange.Drain()
	wait, cancel := context.WithTimeout(ctx, a.Drain)
	defer cancel()
	select {
	case <-empty:
	case <-wait.Done():
		a.exchange.CloseCalls("the system was stopped")
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		select {
		case <-empty:
		case <-last.Done():
		}
	}
	a.Close(context.WithoutCancel(ctx))
}

// Close closes in reverse what was opened; parts that were never opened are passed over.
func (a *App) Close(ctx context.Context) {
	a.closeDoors(ctx)
	if a.box != nil {
		a.box.close()
	}
	if a.rtc != nil {
		a.rtc.Close()
	}
	if a.sip != nil {
		wait, cancel := context.WithTimeout(ctx, 2*time.Second)
		a.sip.Close(wait)
		cancel()
	}
	if a.media != nil {
		a.media.Close()
	}
	a.cancel()
	a.work.Wait()
	if a.speech != nil {
		a.speech.close()
	}
	if a.guards != nil {
		wait, cancel := context.WithTimeout(ctx, 5*time.Second)
		if err := a.guards.Close(wait); err != nil {
			a.log.Error("not everything could be stored", "err", err)
		}
		cancel()
	}
	a.closeStore(ctx)
}

// closeDoors lets requests end that have begun.
func (a *App) closeDoors(ctx context.Context) {
	if a.shut != nil {
		a.shut()
	}
	wait, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	for _, s := range []*http.Server{a.http, a.https} {
		if s == nil {
			continue
		}
		if err := s.Shutdown(wait); err != nil {
			_ = s.Close()
		}
	}
	if a.doorway != nil {
		_ = a.doorway.Close()
	}
	if a.http == nil && a.listener != nil { // nobody serves on it yet
		_ = a.listener.Close()
	}
}

// closeStore writes what waits to be stored; nothing that was slow before takes its time away.
func (a *App) closeStore(ctx context.Context) {
	if a.commit != nil {
		wait, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		if err := a.commit.Close(wait); err != nil {
			a.log.Error("not everything could be stored", "err", err)
		}
	}
	if a.blobs != nil {
		_ = a.blobs.Close()
	}
	if a.db != nil {
		if err := a.db.Close(); err != nil {
			a.log.Error("database not closed cleanly", "err", err)
		}
	}
}
