package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"parley/internal/sounds"
	"parley/tools/shape"
)

// program is a speech program on this machine.
type program struct {
	name string
	args func(v voice, text, file string) []string
}

// espeak-ng counts words a minute; this is its pace for a stretch of 1.
const espeakPace = 165.0

var programs = []program{
	{name: "flite", args: func(v voice, text, file string) []string {
		return []string{
			"-voice", v.flite, "--setf", "duration_stretch=" + number(v.stretch*v.pitch), "-t", text, "-o", file,
		}
	}},
	{name: "espeak-ng", args: func(v voice, text, file string) []string {
		pace := strconv.Itoa(int(espeakPace / v.stretch / v.pitch))
		return []string{"-v", v.espeak, "-s", pace, "-w", file, "--", text}
	}},
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', 3, 64) }

// findProgram is the first of the named programs that is installed.
func findProgram(names ...string) (program, error) {
	for _, p := range programs {
		if _, err := exec.LookPath(p.name); err == nil && slices.Contains(names, p.name) {
			return p, nil
		}
	}
	return program{}, fmt.Errorf("no speech program: install %s", strings.Join(names, " or "))
}

// say returns the speech at 16 kHz with the silence around it cut off. Playing it faster raises the voice; the
// speech was stretched by as much beforehand, so its pace stays.
func (p program) say(v voice, text string) ([]float64, error) {
	folder, err := os.MkdirTemp("", "speak")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "said.wav")
	if out, err := exec.Command(p.name, p.args(v, text, file)...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s: %w: %s", p.name, err, out)
	}
	wav, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	said, err := sounds.Parse(wav)
	if err != nil {
		return nil, fmt.Errorf("%s wrote: %w", p.name, err)
	}
	samples := make([]float64, len(said.Samples))
	for i, s := range said.Samples {
		samples[i] = float64(s) / 32768
	}
	return shape.Trim(shape.Resample(samples, float64(said.Rate)*v.pitch, rate), rate), nil
}
