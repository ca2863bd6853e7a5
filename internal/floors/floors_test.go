package floors

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// tree is where the packages are found from here, with what stands before their names in house.
var tree = map[string]string{"..": "", "../../cmd": "cmd/"}

func TestImportsOnlyGoDown(t *testing.T) {
	read := 0
	said := map[string]bool{}
	for root, prefix := range tree {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() && entry.Name() == "testdata" {
				return fs.SkipDir
			}
			if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			folder, err := filepath.Rel(root, filepath.Dir(path))
			if err != nil {
				return err
			}
			read++
			for _, sentence := range complaints(t, prefix+filepath.ToSlash(folder), path) {
				if !said[sentence] {
					t.Error(sentence)
				}
				said[sentence] = true
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	if read == 0 {
		t.Error("no Go file was read")
	}
}

func complaints(t *testing.T, from, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	if _, known := find(from); !known && !slices.Contains(beside, from) {
		return []string{complaint(from, "")}
	}
	for _, spec := range file.Imports {
		to, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if sentence := complaint(from, to); sentence != "" {
			found = append(found, path+": "+sentence)
		}
	}
	return found
}

func TestComplaint(t *testing.T) {
	for _, c := range []struct{ name, from, path, want string }{
		{"down", "call", "parley/internal/id", ""},
		{"down over two floors", "callcontrol", "parley/internal/call", ""},
		{"the running floor joins the wings", "callcontrol", "parley/internal/media", ""},
		{"within the right wing", "sip", "parley/internal/media", ""},
		{"the standard library", "call", "encoding/json", ""},
		{"a module at its home", "sip", "github.com/emiago/sipgo/sip", ""},
		{"pion's handshake in rtc", "rtc", "github.com/pion/dtls/v3", ""},
		{"a tests' world is free", "lab", "parley/internal/app", ""},
		{"the binary", "cmd/parley", "parley/internal/app", ""},
		{"the web app", "api", "parley/web", ""},
		{
			"up", "call", "parley/internal/store",
			"call (floor 1) imports store (floor 2): imports go only to a lower floor",
		},
		{
			"sideways", "acd", "parley/internal/call",
			"acd (floor 1) imports call (floor 1): imports go only to a lower floor",
		},
		{
			"sideways on the ground", "dest", "parley/internal/id",
			"dest (floor 0) imports id (floor 0): imports go only to a lower floor",
		},
		{
			"left to right", "store", "parley/internal/media",
			"store (left wing) imports media (right wing): the wings meet only on floor 3",
		},
		{
			"right to left", "sip", "parley/internal/call",
			"sip (right wing) imports call (left wing): the wings meet only on floor 3",
		},
		{"new package", "helpers", "fmt", "package helpers has no floor: add it to the list"},
		{"new package imported", "app", "parley/internal/helpers", "package helpers has no floor: add it to the list"},
		{"part of a package", "sip", "parley/internal/media/codec", "package media/codec has no floor: add it to the list"},
		{
			"the lab in the house", "app", "parley/internal/lab",
			"app imports lab, which stands beside the house: only tests may",
		},
		{
			"a story in the house", "call", "parley/internal/story",
			"call imports story, which stands beside the house: only tests may",
		},
		{
			"a tool in the house", "sounds", "parley/tools/shape",
			"sounds imports tools/shape, which stands beside the house: only tests may",
		},
		{
			"SIP outside its home", "callcontrol", "github.com/emiago/sipgo/sip",
			"callcontrol imports github.com/emiago/sipgo/sip, which only sip may import",
		},
		{
			"pion's browser leg in rtc", "rtc", "github.com/pion/webrtc/v4",
			"rtc imports github.com/pion/webrtc/v4, which only bench may import",
		},
		{
			"pion's packets in media", "media", "github.com/pion/rtp",
			"media imports github.com/pion/rtp, a module without a home: add it to the list",
		},
		{
			"pion's SRTP in rtc", "rtc", "github.com/pion/srtp/v3",
			"rtc imports github.com/pion/srtp/v3, a module without a home: add it to the list",
		},
		{
			"pion's handshake in media", "media", "github.com/pion/dtls/v3",
			"media imports github.com/pion/dtls/v3, which only rtc may import",
		},
		{
			"a socket in live", "live", "github.com/coder/websocket",
			"live imports github.com/coder/websocket, which only api and bench may import",
		},
		{
			"a new module", "api", "example.org/router/v2",
			"api imports example.org/router/v2, a module without a home: add it to the list",
		},
		{
			"a name that only begins like a known one", "sip", "github.com/emiago/sipgoes",
			"sip imports github.com/emiago/sipgoes, a module without a home: add it to the list",
		},
	} {
		if got := complaint(c.from, c.path); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestEveryPackageStandsOnOneFloor(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range house {
		for _, p := range f.packages {
			if seen[p] {
				t.Errorf("package %s stands on two floors", p)
			}
			seen[p] = true
		}
	}
}
