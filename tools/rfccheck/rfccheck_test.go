package main

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

func TestRun(t *testing.T) {
	for _, c := range []struct {
		name, list, code string
		good             bool
		want             string
	}{
		{"listed", "3261 partial SIP — no S/MIME\n", "// RFC 3261 §17", true, "1 RFCs are listed"},
		{"not listed", "3261 partial SIP — no S/MIME\n", "// x\n// RFC 9999 §1", false, "sip.go:2: cites RFC 9999"},
		{"two on a line", "3261 yes SIP — all\n", "// RFC 3261, RFC3262", false, "cites RFC 3262"},
		{"no remark", "3261 yes SIP\n", "", false, "rfc.txt:1: want: number"},
		{"not a grade", "# head\n3261 maybe SIP — all\n", "", false, "rfc.txt:2: want: number"},
		{"out of order", "3262 no PRACK — later\n3261 yes SIP — all\n", "", false, "rfc.txt:2: RFC 3261 is out of order"},
		{"no citation", "3261 yes SIP — all\n", "// rfcs 1 PERFC 3999", true, "1 RFCs"},
	} {
		tree := fstest.MapFS{
			"docs/rfc.txt":              {Data: []byte(c.list)},
			"internal/sip/sip.go":       {Data: []byte(c.code)},
			"web/node_modules/x/x.ts":   {Data: []byte("RFC 1")},
			"web/node_modules/x/y/y.ts": {Data: []byte("RFC 1111")},
		}
		var out bytes.Buffer
		if good := run(tree, &out); good != c.good || !strings.Contains(out.String(), c.want) {
			t.Errorf("%s: %v, %q; want %v and %q in it", c.name, good, out.String(), c.good, c.want)
		}
	}
}
