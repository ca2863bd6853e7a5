// Command testsum adds up what the test runners report. Usage:
//
//	go test -json ... | testsum follow REPORT     keeps the report and shows a line for each package
//	testsum again REPORT                          names what of a report of go test is worth a second try, alone
//	testsum sum go:REPORT vitest:REPORT playwright:REPORT ...
//
// sum prints every failure in full and ends with "N passed, N failed". It exits with 1 when a test failed or was
// skipped, and when a report is missing or holds no test. A test against other programs that passed only alone, in
// REPORT.again or by Playwright's retry, is printed in full too and counted as unsteady: it is to be mended, but what
// it shows was shown.
package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: testsum follow REPORT | testsum again REPORT | testsum sum KIND:REPORT...")
		os.Exit(2)
	}
	var err error
	good := true
	switch os.Args[1] {
	case "follow":
		err = follow(os.Stdin, os.Stdout, os.Args[2])
	case "again":
		err = again(os.Stdout, os.Args[2])
	case "sum":
		good = sum(os.Stdout, os.Args[2:])
	default:
		err = fmt.Errorf("not a command: %s", os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "testsum:", err)
	}
	if err != nil || !good {
		os.Exit(1)
	}
}

// failure is one test that did not pass, and all that it said.
type failure struct{ name, output string }

// tally is what one report holds.
type tally struct {
	passed   int
	failures []failure
	unsteady []failure // passed when tried again
}

var readers = map[string]func(io.Reader) (tally, error){
	"go":         readGo,
	"vitest":     readVitest,
	"playwright": readPlaywright,
}

// sum reads the reports, prints what failed and the total, and says whether all is well.
func sum(out io.Writer, reports []string) bool {
	passed, failed, unsteady := 0, 0, 0
	for _, report := range reports {
		kind, path, _ := strings.Cut(report, ":")
		got := read(kind, path)
		for _, f := range got.failures {
			fmt.Fprintf(out, "\n--- %s: %s\n%s\n", kind, f.name, strings.TrimRight(f.output, "\n"))
		}
		for _, f := range got.unsteady {
			fmt.Fprintf(out, "\n--- %s, passed only alone: %s\n%s\n", kind, f.name, strings.TrimRight(f.output, "\n"))
		}
		fmt.Fprintf(out, "%-11s %5d passed %5d failed  %s\n", kind, got.passed, len(got.failures), path)
		passed += got.passed
		failed += len(got.failures)
		unsteady += len(got.unsteady)
	}
	if unsteady > 0 {
		fmt.Fprintf(out, "%d of them passed only alone, and are to be mended\n", unsteady)
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", passed, failed)
	return failed == 0
}

// read returns the tally of one report; a report that cannot be read or ran nothing is a failure itself.
func read(kind, path string) tally {
	broken := func(why string) tally {
		return tally{failures: []failure{{name: path, output: why}}}
	}
	reader, known := readers[kind]
	if !known {
		return broken("no reader for reports of kind " + kind)
	}
	file, err := os.Open(path)
	if err != nil {
		return broken("the suite left no report: " + err.Error())
	}
	defer file.Close()
	got, err := reader(file)
	switch {
	case err != nil:
		return broken("unreadable report: " + err.Error())
	case got.passed == 0 && len(got.failures) == 0:
		return broken("the suite ran no test")
	}
	if second, err := os.Open(path + ".again"); err == nil {
		defer second.Close()
		return settle(got, second)
	}
	return got
}
