package api

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

// TestTrunkTest: an administrator tests a trunk as it is set, in use or not, and reads what happened and what to do.
func TestTrunkTest(t *testing.T) {
	w := newWorld(t)
	peer, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	check(t, err)
	t.Cleanup(func() { _ = peer.Close() })
	go func() {
		buf := make([]byte, 65536)
		for {
			n, from, err := peer.ReadFromUDP(buf)
			if err != nil {
				return
			}
			_, rest, _ := strings.Cut(string(buf[:n]), "\r\n")
			_, _ = peer.WriteToUDP([]byte("SIP/2.0 403 Unknown address\r\n"+rest), from)
		}
	}()
	trunk := settings.New[settings.Trunk]()
	trunk.Name, trunk.TrunkKind, trunk.Networks, trunk.Proxy, trunk.Active = "Carrier", "address", []string{"127.0.0.1"}, peer.LocalAddr().String(), false
	made, err := w.doors.DB.Shelves().Trunks.Create(w.ctx, store.Actor{User: w.users["admin"]}, trunk)
	check(t, err)

	admin := w.as("admin")
	got := read[TrunkTested](t, admin.post("/api/settings/trunks/"+made.ID+"/test", ""))
	if got.OK || got.Code != http.StatusForbidden || got.Address != peer.LocalAddr().String() || !strings.Contains(got.Words, "refuses OPTIONS: 403 Unknown address") ||
		!strings.Contains(got.Advice, "public address") {
		t.Errorf("%+v", got)
	}
	if got := admin.post("/api/settings/trunks/"+string(id.New[id.Trunk]())+"/test", ""); got.status != http.StatusNotFound {
		t.Errorf("a trunk that is not there: %d", got.status)
	}
	if got := w.as("supervisor").post("/api/settings/trunks/"+made.ID+"/test", ""); got.status != http.StatusForbidden {
		t.Errorf("a supervisor: %d", got.status)
	}
}
