package site

import (
	"context"
	"fmt"
	"testing"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/sip"
	"parley/internal/store"
	"parley/internal/tel"
)

// BenchmarkRoute measures the way of an inbound call, for a stranger and for a customer, alone and with as many others
// at a time as there are processors.
func BenchmarkRoute(b *testing.B) {
	o := newOffice(b)
	for _, c := range []struct {
		name string
		from tel.Number
	}{{"stranger", "+32470999888"}, {"customer", "+32470111222"}} {
		route := call.FindRoute{Trunk: id.Trunk(o.ids["Carrier"]), From: c.from, To: "+3225550001"}
		ask := func(ctx context.Context) {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			if r, ok := o.sites.Route(ctx, o.org, route).(call.Routed); !ok || (r.Caller.ID == "") != (c.name == "stranger") {
				b.Errorf("routed to %v", r)
			}
		}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ask(b.Context())
			}
		})
		b.Run(c.name+"-parallel", func(b *testing.B) {
			b.ReportAllocs()
			b.SetParallelism(2)
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					ask(b.Context())
				}
			})
		})
	}
}

// BenchmarkDevice measures how a desk phone is found among those of a large organisation.
func BenchmarkDevice(b *testing.B) {
	s := &Site{Org: store.Organisation{}, agents: map[id.Agent]*store.Agent{}, phones: map[id.Device]sip.Device{}}
	for n := range 1000 {
		d := sip.Device{ID: id.Device(fmt.Sprint("phone-", n)), Username: fmt.Sprint("user", n)}
		s.phones[d.ID] = d
	}
	sites := &Sites{}
	sites.enter("acme", s)
	b.ReportAllocs()
	for b.Loop() {
		if d, ok := sites.Device("user777", "pbx"); !ok || d.ID != "phone-777" {
			b.Fatal(d, ok)
		}
	}
}
