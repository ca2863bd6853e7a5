package sip

import (
	"slices"
	"strings"
	"testing"

	"parley/internal/tel"
)

// TestIdentity: what a trunk says of the caller beside From, for each way in which it is set.
func TestIdentity(t *testing.T) {
	shown := Caller{Number: "+3225550199", DisplayName: "Acme"}
	withheld := Caller{Number: "+3225550199", DisplayName: "Acme", Withheld: true}
	sent := Caller{Number: "+3225550199", Diverted: "+3225550100", Because: tel.DiversionNoAnswer}
	const asserted = "P-Asserted-Identity: <sip:+3225550199@carrier.test>"
	const anonymous, ours = `"Anonymous" <sip:anonymous@anonymous.invalid>`, `<sip:+3225550199@carrier.test>`
	for name, test := range map[string]struct {
		trunk  Trunk
		caller Caller
		from   string
		want   []string
	}{
		"as ever":                    {Trunk{Privacy: true}, shown, `"Acme" ` + ours, nil},
		"asserted":                   {Trunk{Asserts: true, Privacy: true}, shown, `"Acme" ` + ours, []string{asserted}},
		"account in From":            {Trunk{Asserts: true, FromUser: "acme"}, shown, `"Acme" <sip:acme@carrier.test>`, []string{asserted}},
		"withheld":                   {Trunk{Asserts: true, Privacy: true}, withheld, anonymous, []string{asserted, "Privacy: id"}},
		"withheld, account in From":  {Trunk{Asserts: true, Privacy: true, FromUser: "acme"}, withheld, `<sip:acme@carrier.test>`, []string{asserted, "Privacy: id"}},
		"withheld, not honoured":     {Trunk{Asserts: true}, withheld, `"Acme" ` + ours, []string{asserted}},
		"withheld, nothing asserted": {Trunk{Privacy: true}, withheld, `"Acme" ` + ours, nil},
		"nobody is shown":            {Trunk{Asserts: true, Privacy: true}, Caller{Withheld: true}, anonymous, nil},
		"not told to":                {Trunk{}, sent, ours, nil},
		"sent on":                    {Trunk{Diverts: true}, sent, ours, []string{"Diversion: <sip:+3225550100@carrier.test>;reason=no-answer;privacy=off;counter=1"}},
		"in its form": {
			Trunk{Diverts: true, Format: tel.FormatNational, Country: "BE"}, Caller{Number: "1", Diverted: "3225550100", Because: tel.DiversionBusy}, "<sip:1@carrier.test>",
			[]string{"Diversion: <sip:025550100@carrier.test>;reason=user-busy;privacy=off;counter=1"},
		},
		"strangers' signs": {
			Trunk{Diverts: true, Asserts: true}, Caller{Number: "1\r\nX: y>", Diverted: "a>;b\r\nX: y", Because: "x\r\nX: y"}, "<sip:1%0D%0AX%3A%20y%3E@carrier.test>",
			[]string{
				"P-Asserted-Identity: <sip:1%0D%0AX%3A%20y%3E@carrier.test>",
				"Diversion: <sip:a%3E;b%0D%0AX%3A%20y@carrier.test>;reason=unknown;privacy=off;counter=1",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, header := range test.trunk.identity(test.caller, "carrier.test") {
				got = append(got, header.Name()+": "+header.Value())
			}
			from := test.trunk.from(test.caller, "carrier.test")
			if !slices.Equal(got, test.want) || strings.TrimSpace(from.Value()) != test.from {
				t.Errorf("From %q, not %q\n%q, not\n%q", from.Value(), test.from, got, test.want)
			}
		})
	}
}

// TestIdentityOnTheWire: a peer over the network reads what the trunk asserts, and takes a withheld caller for one; the challenge's
// second INVITE says the same.
func TestIdentityOnTheWire(t *testing.T) {
	near := openHouse(t)
	at, heard := notingPeer(t, "401 Unauthorized", askFor("acme.test"), "Content-Length: 0", "", "")
	trunk := Trunk{Proxy: at, FromDomain: "acme.test", Username: "acme", Password: "secret", Asserts: true, Privacy: true, Diverts: true}
	near.DialTrunk("leg", trunk, "+32470111222", Caller{Number: "+3225550199", Withheld: true, Diverted: "+3225550100", Because: tel.DiversionBusy})
	near.hears("leg", "Ended{Cause:21 Code:401")
	invites := 0
	for range 4 { // each INVITE and its ACK
		message := <-heard
		if !strings.HasPrefix(message, "INVITE ") {
			continue
		}
		invites++
		for _, line := range []string{
			`From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=`, "P-Asserted-Identity: <sip:+3225550199@acme.test>\r\n", "Privacy: id\r\n",
			"Diversion: <sip:+3225550100@acme.test>;reason=user-busy;privacy=off;counter=1\r\n",
		} {
			if strings.Count(message, "\r\n"+line) != 1 {
				t.Errorf("%q is not in\n%s", line, message)
			}
		}
	}
	if invites != 2 {
		t.Errorf("%d INVITEs, not 2", invites)
	}

	far := openHouse(t, withTrunk)
	trunk.Proxy = far.at()
	near.DialTrunk("shown", trunk, "1", Caller{Number: "+3225550199"})
	near.DialTrunk("hidden", trunk, "2", Caller{Number: "+3225550199", Withheld: true})
	from := map[string]string{}
	for i := range 2 {
		from[far.call(i).To] = far.call(i).From
	}
	if from["1"] != "+3225550199" || from["2"] != "" {
		t.Errorf("the far side takes them for %q", from)
	}
	for _, leg := range far.legs.all() {
		_ = far.HangUp(leg.id, tel.CauseBusy)
	}
	near.endsOnce("shown")
	near.endsOnce("hidden")
}
