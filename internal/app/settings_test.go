package app

import (
	"net/netip"
	"strings"
	"testing"
)

func TestPorts(t *testing.T) {
	for _, test := range []struct {
		rtp         string
		first, last uint16
	}{
		{"16384-24575", 16384, 24575}, {" 10000 - 10003 ", 10000, 10003}, {"1-65535", 1, 65535},
		{"", 0, 0}, {"10000", 0, 0}, {"10000-10002", 0, 0}, {"20000-10000", 0, 0}, {"0-10", 0, 0}, {"1-65536", 0, 0}, {"a-b", 0, 0}, {"-5-10", 0, 0}, {"65533-65535", 0, 0},
	} {
		first, last, err := Settings{RTP: test.rtp}.ports()
		if first != test.first || last != test.last || (err == nil) != (test.first > 0) || err != nil && !strings.Contains(err.Error(), "--rtp") {
			t.Errorf("%q: %d-%d %v", test.rtp, first, last, err)
		}
	}
}

func TestFullDiskIsAPercentage(t *testing.T) {
	for _, test := range []struct {
		percent int
		good    bool
	}{{-1, false}, {0, false}, {1, true}, {95, true}, {100, true}, {101, false}} {
		if err := (Settings{DiskFull: test.percent}).checkDisk(); (err == nil) != test.good || err != nil && !strings.Contains(err.Error(), "--disk-full") {
			t.Errorf("--disk-full %d: %v", test.percent, err)
		}
	}
}

func TestAddresses(t *testing.T) {
	for _, test := range []struct{ sip, want string }{
		{"127.0.0.1:5060", "127.0.0.1"}, {":5060", "0.0.0.0"}, {"0.0.0.0:5060", "0.0.0.0"}, {"[::1]:5060", "::1"}, {"localhost:5060", "127.0.0.1"},
		{"5060", ""}, {"example.com:5060", ""}, {"", ""},
	} {
		addr, err := Settings{SIP: test.sip}.host()
		if test.want != "" && (err != nil || addr != netip.MustParseAddr(test.want)) || test.want == "" && (err == nil || !strings.Contains(err.Error(), "--sip")) {
			t.Errorf("--sip %q: %v %v", test.sip, addr, err)
		}
	}
	for _, test := range []struct{ public, want string }{{"", "invalid IP"}, {"192.0.2.1", "192.0.2.1"}, {"2001:db8::1", "2001:db8::1"}, {"192.0.2.1:5060", ""}, {"example.com", ""}} {
		addr, err := Settings{Public: test.public}.public()
		if test.want != "" && (err != nil || addr.String() != test.want) || test.want == "" && (err == nil || !strings.Contains(err.Error(), "--public")) {
			t.Errorf("--public %q: %v %v", test.public, addr, err)
		}
	}
}

func TestShown(t *testing.T) {
	for _, test := range []struct{ name, value, want string }{
		{"database", "postgres://ann:secret@db.example/parley", "postgres://ann:***@db.example/parley"},
		{"database", "postgres://ann:se@cr:et@db/parley?sslmode=disable", "postgres://ann:***@db/parley?sslmode=disable"},
		{"database", "postgres://ann@db/parley", "postgres://ann@db/parley"},
		{"database", "postgres://db/parley?user=ann&password=secret", "postgres://db/parley?user=ann&password=***"},
		{"database", "", ""}, {"database", "nonsense", "nonsense"}, {"http", "a:b@c", "a:b@c"},
	} {
		if got := Shown(test.name, test.value); got != test.want {
			t.Errorf("%s %s is shown as %s", test.name, test.value, got)
		}
	}
}
