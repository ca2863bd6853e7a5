package lab

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"parley/internal/api"
)

// TestTrunkTestInTheConsole: an administrator tests trunks that answer, refuse and say nothing, and reads which is which.
func TestTrunkTestInTheConsole(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	boss := w.SignIn(w.Person("admin", 0))
	silent, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	for _, test := range []struct {
		scenario, says, advises string
		ok                      bool
	}{
		{"options-200", "answers: 200 OK after ", "", true},
		{"options-403", "refuses OPTIONS: 403 Forbidden after ", "whether it lets your public address in", false},
		{"", "does not answer OPTIONS within 10s", "firewall", false},
	} {
		at := silent.LocalAddr().String()
		wait := func() {}
		if test.scenario != "" {
			at = fmt.Sprintf("127.0.0.1:%d", freePort(t))
			wait = SIPpCarrier(t, test.scenario, at).Ends
		}
		// Out of use, so that only the test asks it.
		fields := map[string]any{"name": "To " + at, "kind": "address", "networks": []string{"192.0.2.1"}, "proxy": at, "active": false}
		made := struct{ ID string }{}
		boss.Must(http.MethodPost, "/settings/trunks", map[string]any{"fields": fields}, &made)
		got := api.TrunkTested{}
		boss.Must(http.MethodPost, "/settings/trunks/"+made.ID+"/test", nil, &got)
		if got.OK != test.ok || !strings.Contains(got.Words, test.says) || !strings.Contains(got.Advice, test.advises) || got.Address != at {
			t.Errorf("%s: %+v", test.scenario, got)
		}
		wait()
	}
}
