package callcontrol_test

import (
	"context"
	"net/netip"
	"slices"
	"testing"

	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/rtc"
	"parley/internal/sip"
	"parley/internal/tel"
)

// nobody is a directory, and a list of peers, without anybody.
type nobody struct{}

func (nobody) TrunkAt(netip.Addr) (sip.Trunk, bool)       { return sip.Trunk{}, false }
func (nobody) Device(string, string) (sip.Device, bool)   { return sip.Device{}, false }
func (nobody) Trunk(id.Org, id.Trunk) (sip.Trunk, bool)   { return sip.Trunk{}, false }
func (nobody) Phone(id.Org, id.Device) (sip.Device, bool) { return sip.Device{}, false }
func (nobody) Arrived(sip.Incoming)                       {}
func (nobody) Happened(id.Leg, sip.Progress)              {}
func (nobody) Registered(sip.Registration)                {}
func (nobody) Unregistered(sip.Registration)              {}

type noPage struct{}

func (noPage) Happened(id.Leg, rtc.Progress) {}

// TestNetworkTellsOfLegsThatAreGone asks the real wires for legs, trunks and phones that are not there.
func TestNetworkTellsOfLegsThatAreGone(t *testing.T) {
	engine := newHall(t, t.TempDir()).engine
	wires, err := sip.Open(sip.Config{Listen: "127.0.0.1:0", Media: engine, Directory: nobody{}}, nobody{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { wires.Close(context.Background()) })
	pages, err := rtc.Open(rtc.Config{Listen: "127.0.0.1:0", Media: engine}, noPage{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pages.Close)
	var gone []id.Leg
	n := &callcontrol.Network{SIP: wires, RTC: pages, Peers: nobody{}, Casts: &callcontrol.Casts{Engine: engine}, Gone: func(leg id.Leg) { gone = append(gone, leg) }}
	n.Ring("ring")
	n.Early("early")
	n.Answer("answer")
	n.End("end", tel.CauseNormal)
	n.DialTrunk("o", call.DialTrunk{Leg: "trunk", Trunk: "t", To: "+1", From: "+2"})
	n.DialPhone("o", "phone", "d", "+1", "Eve", false)
	if want := []id.Leg{"ring", "early", "answer", "end", "trunk", "phone"}; !slices.Equal(gone, want) {
		t.Errorf("gone %v, not %v", gone, want)
	}
}
