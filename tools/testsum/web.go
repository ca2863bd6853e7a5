package main

import (
	"encoding/json"
	"io"
	"strings"
)

// vitestReport is the part we read of vitest's JSON report, which has the shape of Jest's.
type vitestReport struct {
	TestResults []struct {
		Name             string
		Status           string
		Message          string
		AssertionResults []struct {
			FullName        string
			Status          string
			FailureMessages []string
		}
	}
}

// readVitest counts tests, and files that failed before any test in them could.
func readVitest(report io.Reader) (tally, error) {
	var r vitestReport
	if err := json.NewDecoder(report).Decode(&r); err != nil {
		return tally{}, err
	}
	var sum tally
	for _, file := range r.TestResults {
		failed := 0
		for _, test := range file.AssertionResults {
			if test.Status == "passed" {
				sum.passed++
				continue
			}
			failed++
			sum.failures = append(sum.failures, failure{
				name:   file.Name + " " + test.FullName + " (" + test.Status + ")",
				output: strings.Join(test.FailureMessages, "\n"),
			})
		}
		if file.Status != "passed" && failed == 0 {
			sum.failures = append(sum.failures, failure{name: file.Name, output: file.Message})
		}
	}
	return sum, nil
}

// playwrightReport is the part we read of Playwright's JSON report.
type playwrightReport struct {
	Suites []playwrightSuite
	Errors []playwrightError
}

type playwrightSuite struct {
	Title  string
	Suites []playwrightSuite
	Specs  []struct {
		Title string
		File  string
		Tests []playwrightTest
	}
}

type playwrightTest struct {
	Status  string // expected, unexpected, flaky, skipped
	Results []struct {
		Errors      []playwrightError
		Attachments []struct {
			Name        string
			ContentType string
			Body        []byte
		}
	}
}

type playwrightError struct{ Message, Stack string }

// readPlaywright counts tests, and errors outside of any test. One that passed only when tried again is unsteady.
func readPlaywright(report io.Reader) (tally, error) {
	var r playwrightReport
	if err := json.NewDecoder(report).Decode(&r); err != nil {
		return tally{}, err
	}
	var sum tally
	for _, e := range r.Errors {
		sum.failures = append(sum.failures, failure{name: "outside of any test", output: e.text()})
	}
	for _, suite := range r.Suites {
		suite.count(&sum)
	}
	return sum, nil
}

func (s playwrightSuite) count(sum *tally) {
	for _, inner := range s.Suites {
		inner.count(sum)
	}
	for _, spec := range s.Specs {
		for _, test := range spec.Tests {
			if test.Status == "expected" {
				sum.passed++
				continue
			}
			f := failure{name: spec.File + " " + spec.Title + " (" + test.Status + ")", output: test.said()}
			if test.Status == "flaky" {
				sum.passed++
				sum.unsteady = append(sum.unsteady, f)
				continue
			}
			sum.failures = append(sum.failures, f)
		}
	}
}

// said is what went wrong in each try, and what the pages showed when it did.
func (t playwrightTest) said() string {
	said := []string{}
	for _, result := range t.Results {
		for _, e := range result.Errors {
			said = append(said, e.text())
		}
		for _, a := range result.Attachments {
			if a.ContentType == "text/plain" {
				said = append(said, "--- "+a.Name+"\n"+string(a.Body))
			}
		}
	}
	return strings.Join(said, "\n")
}

func (e playwrightError) text() string {
	if strings.Contains(e.Stack, e.Message) {
		return e.Stack
	}
	return e.Message + "\n" + e.Stack
}
