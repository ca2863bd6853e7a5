package app

import (
	"context"
	"crypto/rand"
	"log/slog"
	"runtime/debug"
	"time"

	"parley/internal/acd"
	"parley/internal/callcontrol"
	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/store"
)

// Open opens everything in order. Demo is nil but for `parley demo`.
func Open(ctx context.Context, s Settings, version string, log *slog.Logger, demo *DemoSettings) (*App, error) {
	if err := s.startClock(); err != nil {
		return nil, err
	}
	a := &App{Settings: s, log: log, version: version, began: time.Now(), failed: make(chan error, 1)}
	if demo != nil {
		a.box = &box{settings: *demo}
	}
	a.ctx, a.cancel = context.WithCancel(context.WithoutCancel(ctx))
	if err := a.open(ctx); err != nil {
		a.Close(ctx)
		return nil, err
	}
	debug.FreeOSMemory() // what the start took and nobody needs again
	return a, nil
}

func (a *App) open(ctx context.Context) error {
	if err := a.openStore(ctx); err != nil {
		return err
	}
	if a.box != nil {
		if err := a.box.seed(ctx, a); err != nil {
			return err
		}
	}
	if err := a.openSound(); err != nil {
		return err
	}
	var err error
	if a.speech, err = openSpeech(a.Data, a.log); err != nil {
		return err
	}
	if err := a.openCertificates(); err != nil {
		return err
	}
	network := a.openCalls()
	if err := a.openWires(network); err != nil {
		return err
	}
	if err := a.openOrganisations(ctx); err != nil {
		return err
	}
	if a.box != nil {
		a.box.moveIn(a)
	}
	if err := a.openDoors(); err != nil {
		return err
	}
	a.work.Go(a.upkeep)
	a.work.Go(func() { a.calendars.Run(a.ctx) })
	a.work.Go(func() { a.sealing.run(a.ctx) })
	a.work.Go(func() { a.jobs.Run(a.ctx) })
	a.work.Go(func() { a.bell.Run(a.ctx) })
	return nil
}

func (a *App) openOrganisations(ctx context.Context) error {
	orgs, err := a.db.OrganisationIDs(ctx)
	if err != nil {
		return err
	}
	if len(orgs) == 0 {
		a.setupCode = rand.Text()[:8]
	}
	for _, org := range orgs {
		if err := a.db.FurnishAgents(store.WithOrg(ctx, org)); err != nil {
			return err
		}
		if err := a.changed(ctx, org); err != nil {
			return err
		}
		if err := a.restore(ctx, org); err != nil {
			return err
		}
	}
	return nil
}

// changed loads an organisation's configuration and makes it act: calls that live keep what they began with.
func (a *App) changed(ctx context.Context, org id.Org) error {
	_, known := a.sites.Of(org)
	s, err := a.sites.Reload(ctx, org)
	if err != nil {
		return err
	}
	a.readKeys(ctx, org)
	a.haveSpoken(a.ctx, s)
	a.hub.Configure(org, a.picture(s))
	a.bell.Watch(org, watched(s))
	if !known {
		if err := a.bell.Open(ctx, org); err != nil {
			return err
		}
		a.work.Go(func() { a.showLamps(org) })
	}
	if err := a.guards.Configure(ctx, org, s.Tolls()); err != nil {
		return err
	}
	a.exchange.Seats(a.seats(s))
	if known {
		a.dispatch.Tell(org, s.ACD(clock.Now()))
	} else {
		a.dispatch.Open(org)
	}
	a.sip.SetTrunks(a.sites.Trunks())
	return a.voicemail.Reload(store.WithOrg(ctx, org))
}

// rebuild gives what an organisation's ACD is made of: configuration, stored statuses, and what calls and stations hold.
func (a *App) rebuild(org id.Org) []acd.Signal {
	s, ok := a.sites.Of(org)
	if !ok {
		return nil
	}
	all := []acd.Signal{s.ACD(clock.Now())}
	stored, err := a.db.AgentStatuses(store.WithOrg(a.ctx, org))
	if err != nil {
		a.log.Error("stored statuses not read: agents begin anew", "org", org, "err", err)
	}
	for _, st := range stored {
		all = append(all, acd.Restore{Agent: st.Agent, Status: acd.Status(st.Status), Custom: st.CustomStatus, Reason: st.Reason, Since: st.Since})
	}
	toggles, err := a.db.QueueToggles(store.WithOrg(a.ctx, org))
	if err != nil {
		a.log.Error("stored toggles not read: queues deliver as when the configuration was loaded", "org", org, "err", err)
	}
	for _, g := range toggles { // those that were pressed since the configuration was loaded
		all = append(all, acd.Toggle{Agent: g.Agent, Queue: g.Queue, On: g.Delivers})
	}
	return append(all, a.exchange.Standing(org)...)
}

// stand lists an organisation's live calls and whom they hold, for the ACD to find what is stuck.
func (a *App) stand(org id.Org) acd.Stand { return a.exchange.Stand(org) }

// hours says how an organisation's schedules stand.
func (a *App) hours(org id.Org, now time.Time) ([]acd.Hours, time.Time) {
	s, ok := a.sites.Of(org)
	if !ok {
		return nil, time.Time{}
	}
	return s.Hours(now)
}

// restore takes up what the last process left in the journal.
func (a *App) restore(ctx context.Context, org id.Org) error {
	ctx = store.WithOrg(ctx, org)
	if err := a.db.FinalizeCallNotes(ctx, clock.Now()); err != nil { // wrap-ups have ended with the last process
		return err
	}
	entries, err := a.db.Journal(ctx)
	if err != nil {
		return err
	}
	for _, e := range entries {
		r, err := callcontrol.Decode(e.Kind, e.Version, e.State)
		switch {
		case err != nil:
			a.log.Error("machine in the journal not restored", "address", e.Address, "err", err)
		case r.Call != nil:
			events, err := a.db.CallEvents(ctx, r.Call.ID)
			if err != nil {
				return err
			}
			a.log.Info("call restored from the journal", "call", r.Call.ID, "stage", r.Call.Stage, "parties", len(r.Call.Parties))
			a.keeper.Resume(r.Call.ID, events)
			if err := a.exchange.TakeUp(r.Call); err != nil {
				return err
			}
		case r.Station != nil:
			// Its browser and its legs went with the process: the page starts it again by itself.
			a.log.Info("station found in the journal", "agent", r.Station.Agent, "tab", r.Station.Browser.Tab != "")
		case r.Leg != nil:
			// Its socket went with the process; its call is closed above. Taking the dialog up again is BX-47.
			a.log.Info("leg found in the journal", "leg", r.Leg.Leg, "call_id", r.Leg.CallID)
			a.keeper.Remove(org, owner.Address(e.Address))
		}
	}
	return nil
}

// Secure tells where the web app is over TLS, and where its certificate comes from; empty without HTTPS.
func (a *App) Secure() (web, certificate string) {
	if a.doorway == nil {
		return "", ""
	}
	return "https://" + a.doorway.listener.Addr().String(), a.certificates.source
}

// Addresses tells where the app listens, as people enter it.
func (a *App) Addresses() (web, sip string) {
	return "http://" + a.listener.Addr().String(), a.sipServer()
}

// SetupCode is what the first-run page asks for; empty when nothing is to be set up.
func (a *App) SetupCode() string { return a.setupCode }

// Failed tells when a part has stopped by itself.
func (a *App) Failed() <-chan error { return a.failed }
