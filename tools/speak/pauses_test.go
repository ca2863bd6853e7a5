package main

import (
	"slices"
	"testing"
)

func TestSplitPauses(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []part
		bad  bool
	}{
		{in: "Hello.", want: []part{{text: "Hello."}}},
		{in: "[0.5] Hello. [1.5] It is me. ", want: []part{{pause: 0.5}, {text: "Hello."}, {pause: 1.5}, {text: "It is me."}}},
		{in: "Hello. [1", bad: true},
		{in: "Hello. [long]", bad: true},
		{in: "Hello. [-1]", bad: true},
		{in: "Hello. [99]", bad: true},
	} {
		got, err := splitPauses(c.in)
		if !slices.Equal(got, c.want) || (err != nil) != c.bad {
			t.Errorf("%q: got %v, %v; want %v", c.in, got, err, c.want)
		}
	}
}

func TestEveryPromptCanBeSpoken(t *testing.T) {
	lines, err := readPrompts("../../internal/sounds/prompts.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) == 0 {
		t.Fatal("no prompts")
	}
	for _, l := range lines {
		if _, known := voices[l.voice]; !known {
			t.Errorf("%s: no voice %q", l.name, l.voice)
		}
		if _, err := splitPauses(l.text); err != nil {
			t.Errorf("%s: %v", l.name, err)
		}
	}
}
