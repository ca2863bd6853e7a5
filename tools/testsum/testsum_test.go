package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReports(t *testing.T) {
	for _, c := range []struct {
		name, kind, report string
		passed             int
		failed             []string // what stands in each failure, in order
	}{
		{
			"go: leaves count, parents do not", "go", `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"run","Package":"p","Test":"TestA/one"}
{"Action":"run","Package":"p","Test":"TestA/two"}
{"Action":"pass","Package":"p","Test":"TestA/one"}
{"Action":"output","Package":"p","Test":"TestA/two","Output":"want 2\n"}
{"Action":"fail","Package":"p","Test":"TestA/two"}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"pass","Package":"p","Test":"TestB"}
{"Action":"fail","Package":"p"}
`, 2, []string{"p TestA/two\nwant 2"},
		},
		{
			"go: a parent that fails by itself", "go", `{"Action":"run","Package":"p","Test":"TestA/one"}
{"Action":"pass","Package":"p","Test":"TestA/one"}
{"Action":"output","Package":"p","Test":"TestA","Output":"after\n"}
{"Action":"fail","Package":"p","Test":"TestA"}
`, 1, []string{"p TestA\nafter"},
		},
		{
			"go: does not build", "go", `{"ImportPath":"dep [p.test]","Action":"build-output","Output":"undefined: x\n"}
{"ImportPath":"dep [p.test]","Action":"build-fail"}
{"Action":"fail","Package":"p","FailedBuild":"dep [p.test]"}
`, 0, []string{"p\nundefined: x"},
		},
		{
			"go: skipped and never ended", "go", `{"Action":"skip","Package":"p","Test":"TestA"}
{"Action":"run","Package":"p","Test":"TestB"}
{"Action":"skip","Package":"q"}
`, 0, []string{"p TestA (skipped", "p TestB (never ended)"},
		},
		{"go: no test", "go", `{"Action":"skip","Package":"p"}`, 0, []string{"ran no test"}},
		{"go: not a report", "go", `panic`, 0, []string{"unreadable report"}},
		{
			"vitest", "vitest", `{"testResults":[
{"name":"a.test.ts","status":"failed","message":"","assertionResults":[
 {"fullName":"adds","status":"passed","failureMessages":[]},
 {"fullName":"takes away","status":"failed","failureMessages":["expected 1"]},
 {"fullName":"later","status":"pending","failureMessages":[]}]},
{"name":"b.test.ts","status":"failed","message":"SyntaxError","assertionResults":[]}]}`,
			1, []string{"a.test.ts takes away (failed)\nexpected 1", "later (pending)", "b.test.ts\nSyntaxError"},
		},
		{"vitest: no test", "vitest", `{"testResults":[]}`, 0, []string{"ran no test"}},
		{
			"playwright", "playwright", `{"suites":[{"title":"call.spec.ts","specs":[
 {"title":"rings","file":"call.spec.ts","tests":[{"status":"expected","results":[{"errors":[]}]}]}],
 "suites":[{"title":"hold","specs":[
 {"title":"music","file":"call.spec.ts","tests":[{"status":"unexpected","results":[{"errors":[{"message":"no music"}],
 "attachments":[{"name":"page","contentType":"text/plain","body":"LSBidXR0b24="},{"name":"p","contentType":"image/png","path":"/p.png"}]}]}]},
 {"title":"tone","file":"call.spec.ts","tests":[{"status":"flaky","results":[]}]},
 {"title":"later","file":"call.spec.ts","tests":[{"status":"skipped","results":[]}]}]}]}],"errors":[]}`,
			2, []string{"call.spec.ts music (unexpected)\nno music\n\n--- page\n- button", "later (skipped)"},
		},
		{
			"playwright: server did not start", "playwright",
			`{"suites":[],"errors":[{"message":"no server","stack":"Error: no server at x"}]}`,
			0, []string{"Error: no server at x"},
		},
		{"unknown kind", "jest", `{}`, 0, []string{"no reader"}},
	} {
		path := filepath.Join(t.TempDir(), "report")
		if err := os.WriteFile(path, []byte(c.report), 0o600); err != nil {
			t.Fatal(err)
		}
		got := read(c.kind, path)
		if got.passed != c.passed || len(got.failures) != len(c.failed) {
			t.Errorf("%s: %d passed, failures %q; want %d and %q", c.name, got.passed, got.failures, c.passed, c.failed)
			continue
		}
		for i, f := range got.failures {
			if said := f.name + "\n" + f.output; !strings.Contains(said, c.failed[i]) {
				t.Errorf("%s: failure %q, want %q in it", c.name, said, c.failed[i])
			}
		}
	}
}

func TestSumEndsWithTheTotal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report")
	report := `{"Action":"pass","Package":"p","Test":"TestA"}`
	if err := os.WriteFile(path, []byte(report), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		reports []string
		good    bool
		want    string
	}{
		{"two good suites", []string{"go:" + path, "go:" + path}, true, "\n2 passed, 0 failed\n"},
		{"a suite left no report", []string{"go:" + path, "vitest:" + path + "x"}, false, "\n1 passed, 1 failed\n"},
	} {
		var out bytes.Buffer
		if good := sum(&out, c.reports); good != c.good || !strings.HasSuffix(out.String(), c.want) {
			t.Errorf("%s: %v, %q; want %v, ending in %q", c.name, good, out.String(), c.good, c.want)
		}
	}
}

func TestFollowKeepsTheReport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report")
	report := `{"Action":"fail","Package":"p","Test":"TestA"}` + "\n" + `{"Action":"fail","Package":"p","Elapsed":1.5}` + "\n"
	var out bytes.Buffer
	if err := follow(strings.NewReader(report), &out, path); err != nil {
		t.Fatal(err)
	}
	if want := "FAIL  p TestA\nfail  p 1.5 s\n"; out.String() != want {
		t.Errorf("shown %q, want %q", out.String(), want)
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != report {
		t.Errorf("kept %q, %v", kept, err)
	}
}

// TestSecondTry: few failures are tried again alone; what passes then is counted and told, and no fault of the program itself is.
func TestSecondTry(t *testing.T) {
	event := func(action, test, output string) string {
		return fmt.Sprintf(`{"Action":%q,"Package":"p","Test":%q,"Output":%q}`+"\n", action, test, output)
	}
	failed := func(tests ...string) (report string) {
		for _, test := range tests {
			report += event("output", test, "not heard\n") + event("fail", test, "")
		}
		return report
	}
	for _, c := range []struct{ name, report, pattern string }{
		{"all passed", event("pass", "TestA", ""), ""},
		{"a test and a part of another", failed("TestA", "TestB/one", "TestB/two"), "^(TestA|TestB)$\n"},
		{"too many", failed("TestA", "TestB", "TestC", "TestD"), ""},
		{"skipped", failed("TestA") + event("skip", "TestB", ""), ""},
		{"never ended", failed("TestA") + event("run", "TestB", ""), ""},
		{"a race", event("output", "TestA", "WARNING: DATA RACE\n") + failed("TestA"), ""},
		{"a panic", event("output", "TestA", "panic: index\n") + failed("TestA"), ""},
	} {
		path := filepath.Join(t.TempDir(), "report")
		if err := os.WriteFile(path, []byte(c.report), 0o600); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := again(&out, path); err != nil || out.String() != c.pattern {
			t.Errorf("%s: tries %q, %v; want %q", c.name, out.String(), err, c.pattern)
		}
	}
	for _, c := range []struct {
		name, second string
		good         bool
		want         string
	}{
		{"passes alone", event("pass", "TestB", ""), true, "2 passed, 0 failed\n"},
		{"fails again", failed("TestB"), false, "1 passed, 1 failed\n"},
		{"ran nothing", "", false, "1 passed, 1 failed\n"},
	} {
		path := filepath.Join(t.TempDir(), "report")
		for name, text := range map[string]string{path: event("pass", "TestA", "") + failed("TestB"), path + ".again": c.second} {
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		var out bytes.Buffer
		good := sum(&out, []string{"go:" + path})
		if good != c.good || !strings.HasSuffix(out.String(), c.want) || !strings.Contains(out.String(), "not heard") {
			t.Errorf("%s: %v, %q; want %v, ending in %q", c.name, good, out.String(), c.good, c.want)
		}
	}
}
