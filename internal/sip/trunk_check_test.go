package sip

import (
	"context"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"parley/internal/id"
)

// TestTrunkCheck: a proxy that does not answer OPTIONS is down until it does; who answers with a refusal lives.
func TestTrunkCheck(t *testing.T) {
	log := &book{}
	asker := openHouse(t, func(_ *house, c *Config) { c.Log = slog.New(slog.NewTextHandler(log, nil)) })
	asker.Server.checks.every, asker.Server.checks.wait = 50*time.Millisecond, 2*time.Second // a busy machine answers late
	living := openHouse(t)
	dead, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)}) // takes everything and says nothing
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dead.Close() })
	asker.SetTrunks([]Trunk{
		{ID: "living", Name: "Living", Proxy: living.at(), Transport: "udp"}, {ID: "tcp", Name: "Over TCP", Proxy: living.at(), Transport: "tcp"},
		{ID: "dead", Name: "Dead", Proxy: dead.LocalAddr().String()}, {ID: "inbound", Name: "Inbound"},
		{ID: "nameless", Name: "Nameless", Proxy: "no.such.host.invalid"},
	})
	waitFor(t, "the dead trunk is noticed", func() bool { return asker.TrunkDown("dead") && asker.TrunkDown("nameless") })
	for _, up := range []string{"living", "tcp", "inbound", "unknown"} {
		if asker.TrunkDown(id.Trunk(up)) {
			t.Errorf("%s is down", up)
		}
	}
	waitFor(t, "the log tells it", func() bool { return len(log.about("trunk=dead")) > 0 }) // after the trunk is down
	if got := log.about("trunk=dead"); len(got) != 1 || !strings.Contains(got[0], `level=WARN msg="trunk does not answer: calls try it last"`) {
		t.Errorf("the log says %q", got)
	}
	asker.SetTrunks([]Trunk{{ID: "dead", Name: "Dead", Proxy: living.at()}})
	if asker.TrunkDown("living") {
		t.Error("a trunk that is no more is down")
	}
	waitFor(t, "the trunk is moved to a proxy that answers", func() bool { return !asker.TrunkDown("dead") })

	c := &checking{trunk: Trunk{ID: "odd", Name: "Odd"}}
	for code, down := range map[int]bool{200: false, 404: false, 405: false, 483: false, 503: true, 0: true} {
		asker.Server.noteCheck(c, code, "")
		if c.down.Load() != down {
			t.Errorf("an answer of %d: down %v", code, !down)
		}
	}
	if code, problem := asker.Server.askTrunk(context.Background(), Trunk{Proxy: netip.MustParseAddrPort("127.0.0.1:9").String()}); code != 0 || problem == "" {
		t.Errorf("nobody there: %d %q", code, problem)
	}
}
