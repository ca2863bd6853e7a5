package app

import (
	"context"
	"io"

	"parley/internal/carrier"
	"parley/internal/demo"
)

// DemoSettings is what `parley demo` adds to the settings.
type DemoSettings struct {
	Password string // of the demo's users; empty: random ones
	Carrier  string // host:port that outbound calls go to; empty: the carrier in the box
}

// box is the demo of a running app: its sign-ins, its carrier, its callers.
type box struct {
	settings DemoSettings
	seeded   *demo.Seeded
	carrier  *carrier.Carrier
	visitors *demo.Demo
}

// seed makes the demo's organisation before anything listens.
func (b *box) seed(ctx context.Context, a *App) error {
	var err error
	if b.seeded, err = demo.Seed(ctx, a.db, b.settings.Password); err != nil {
		return err
	}
	if b.carrier, err = carrier.Open(carrier.Config{Log: a.log}); err != nil {
		return err
	}
	at := b.settings.Carrier
	if at == "" {
		at = b.carrier.Addr().String()
	}
	return demo.SetCarrier(ctx, a.db, b.seeded.Org, at)
}

// move in once the wires are open: the callers must know where to call.
func (b *box) moveIn(a *App) {
	b.visitors = demo.New(demo.Config{DB: a.db, Carrier: b.carrier, SIP: a.sip.Addr().String(), Live: a.hub, Log: a.log})
	a.demo = b.visitors
}

func (b *box) close() {
	if b.visitors != nil {
		b.visitors.Close()
	}
	if b.carrier != nil {
		b.carrier.Close()
	}
}

// Banner tells a newcomer how to sign in and how to call.
func (a *App) Banner(w io.Writer) error { return demo.Banner(w, a.box.seeded, a.demoAddresses()) }

// ReadyLine prints the one line of `parley demo --json`.
func (a *App) ReadyLine(w io.Writer) error { return demo.Ready(w, a.box.seeded, a.demoAddresses()) }

func (a *App) demoAddresses() demo.Addresses {
	web, sip := a.Addresses()
	return demo.Addresses{HTTP: web, SIP: sip}
}
