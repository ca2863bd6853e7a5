package demo

import (
	"bytes"
	"testing"

	"parley/internal/store"
	"parley/internal/story"
)

func TestPrint(t *testing.T) {
	s := &Seeded{
		Users: []User{
			{"Ada Admin", "admin@demo.parley", "abcd-efgh-2345-mnpq", store.RoleAdmin, "100", "ada-100", "abcdefghijkmnpqrstuvwxyz"},
			{"Ann Archer", "ann@demo.parley", `"<&>"`, store.RoleAgent, "102", "ann-102", "23456789abcdefghijkmnpqr"},
		},
		Numbers: []Number{{NumberSales, "Sales"}, {NumberSupport, "Support"}, {"+12025550112", "Ann Archer"}},
	}
	at := Addresses{HTTP: "http://localhost:8080", SIP: "0.0.0.0:5060"}
	var banner, ready bytes.Buffer
	check(t, Banner(&banner, s, at))
	check(t, Ready(&ready, s, at))
	story.Compare(t, "testdata/banner.txt", banner.String())
	story.Compare(t, "testdata/ready.json", ready.String())
	if bytes.Count(ready.Bytes(), []byte("\n")) != 1 {
		t.Error("the ready line is not one line")
	}
}

func TestReachable(t *testing.T) {
	tests := []struct{ name, sip, server, domain string }{
		{"loopback", "127.0.0.1:5060", "127.0.0.1:5060", "127.0.0.1"},
		{"everywhere", "0.0.0.0:5070", "127.0.0.1:5070", "127.0.0.1"},
		{"everywhere, IPv6", "[::]:5060", "127.0.0.1:5060", "127.0.0.1"},
		{"no host", ":5060", "127.0.0.1:5060", "127.0.0.1"},
		{"a name", "pbx.example:5060", "pbx.example:5060", "pbx.example"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server, domain := Addresses{SIP: test.sip}.reachable()
			if server != test.server || domain != test.domain {
				t.Errorf("%s at %s, want %s at %s", domain, server, test.domain, test.server)
			}
		})
	}
}
