package main

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func tree(list string) fstest.MapFS {
	return fstest.MapFS{
		"docs/ids.txt":                            file("SP-1\nSP-8\nQU-12\n"),
		"docs/requirements.txt":                   file(list),
		"internal/call/call_test.go":              file("package call\nfunc TestStories(t *testing.T) {}\n// func TestGone\n"),
		"internal/call/call.go":                   file("package call\nfunc TestInCode() {}\n"),
		"internal/call/table_test.go":             file("package call\nfunc TestTable() { run(\"two lines\") }\n"),
		"internal/call/testdata/queue_answer.txt": file("< arrived\n"),
		"web/e2e/call.spec.ts":                    file("test('ring card shows', async () => {})\ntest(`it's held`, f)\n"),
	}
}

func TestRun(t *testing.T) {
	for _, c := range []struct {
		name, list string
		good       bool
		want       string
	}{
		{"nothing yet", "# header\n\n", true, "0 of 3 requirements"},
		{"Go test", "SP-8  internal/call TestStories\n", true, "1 of 3"},
		{"two tests of one id", "SP-8 internal/call TestStories\nSP-8 internal/call TestTable\n", true, "1 of 3"},
		{"story", "SP-8 internal/call TestStories/queue_answer\n", true, "1 of 3"},
		{"subtest", "SP-8 internal/call TestTable/two_lines\n", true, "1 of 3"},
		{"title", "SP-8  web/e2e/call.spec.ts \"ring card shows\"\n", true, "1 of 3"},
		{"title with a quote", "SP-8 web/e2e/call.spec.ts \"it's held\"\n", true, "1 of 3"},
		{"unknown id", "SP-99 internal/call TestStories\n", false, "requirements.txt:1: SP-99 is not an id"},
		{"no such test", "SP-8 internal/call TestNone\n", false, "SP-8: no TestNone in internal/call"},
		{"test only in a comment", "SP-8 internal/call TestGone\n", false, "no TestGone"},
		{"test not in a test file", "SP-8 internal/call TestInCode\n", false, "no TestInCode"},
		{"not a test", "SP-8 internal/call run\n", false, "no run in"},
		{"no such story", "SP-8 internal/call TestStories/none\n", false, "no story testdata/none.txt"},
		{"no such folder", "SP-8 internal/none TestStories\n", false, "no folder internal/none"},
		{"no such title", "SP-8 web/e2e/call.spec.ts \"ring card\"\n", false, `no test titled "ring card"`},
		{"no such file", "SP-8 web/e2e/none.spec.ts \"ring card\"\n", false, "no file web/e2e/none.spec.ts"},
		{"quote not closed", "SP-8 web/e2e/call.spec.ts \"ring card shows\n", false, "between quotes"},
		{"no test named", "SP-1\n", false, "want a folder and a Go test"},
		{"the same twice", "SP-1 internal/call TestTable\nSP-1 internal/call TestTable\n", false, "the same as line 1"},
	} {
		var out bytes.Buffer
		if good := run(tree(c.list), &out); good != c.good || !strings.Contains(out.String(), c.want) {
			t.Errorf("%s: %v, %q; want %v and %q in it", c.name, good, out.String(), c.good, c.want)
		}
	}
}
