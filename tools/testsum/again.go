package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// mostAgain bounds how many tests get a second try: where more have failed, something is broken.
const mostAgain = 3

// again names the tests of a report that are worth a second try, as a pattern for -run; nothing where there are none or too many, or
// where one was skipped, never ended, did not build, or was a race or a panic: those are faults whoever finds them.
func again(out io.Writer, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	got, err := readGo(file)
	if err != nil {
		return err
	}
	names := []string{}
	for _, f := range got.failures {
		name := outermost(f)
		if name == "" {
			return nil
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) > 0 && len(names) <= mostAgain {
		_, err = fmt.Fprintf(out, "^(%s)$\n", strings.Join(names, "|"))
	}
	return err
}

// outermost is the function of a failed test; empty when it deserves no second try.
func outermost(f failure) string {
	_, test, found := strings.Cut(f.name, " ")
	if !found || strings.ContainsAny(test, " (") || strings.Contains(f.output, "DATA RACE") || strings.Contains(f.output, "panic:") {
		return ""
	}
	name, _, _ := strings.Cut(test, "/")
	return name
}

// settle takes what passed when it was tried again out of the failures of the first time.
func settle(first tally, second io.Reader) tally {
	repeated, err := readGo(second)
	if err != nil || len(repeated.failures) > 0 || repeated.passed == 0 {
		return first
	}
	first.unsteady, first.failures = first.failures, nil
	first.passed += len(first.unsteady)
	return first
}
