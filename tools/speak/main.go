// Command speak makes the spoken sounds of internal/sounds with speech programs: English with flite, or espeak-ng where
// flite is not installed, the words of the other languages with espeak-ng. Usage: speak PROMPTS FOLDER.
package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"parley/internal/prompt"
	"parley/internal/sounds"
	"parley/tools/shape"
)

const (
	rate    = 16000.0
	level   = -20.0 // dBFS RMS while speaking, the usual level of a telephone line
	ceiling = -3.0  // dBFS peak
	corner  = 300.0 // Hz; what lies below is not heard on a telephone and only costs level
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: speak PROMPTS FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "speak:", err)
		os.Exit(1)
	}
}

func run(prompts, folder string) error {
	lines, err := readPrompts(prompts)
	if err != nil {
		return err
	}
	program, err := findProgram("flite", "espeak-ng")
	if err != nil {
		return err
	}
	for _, line := range lines {
		samples, err := speakLine(program, line)
		if err != nil {
			return fmt.Errorf("speak %s: %w", line.name, err)
		}
		if err := write(folder, line.name, samples); err != nil {
			return err
		}
	}
	fmt.Printf("%d prompts spoken by %s\n", len(lines), program.name)
	return runWords(program, folder)
}

func runWords(house program, folder string) error {
	for _, language := range prompt.Languages() {
		speaker := house
		if language != prompt.English {
			var err error
			if speaker, err = findProgram("espeak-ng"); err != nil {
				return err
			}
		}
		count, err := speakWords(speaker, language, folder)
		if err != nil {
			return fmt.Errorf("words of %s: %w", language, err)
		}
		fmt.Printf("%d words of %s spoken by %s\n", count, language, speaker.name)
	}
	return nil
}

type line struct{ name, voice, text string }

func readPrompts(path string) ([]line, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var lines []line
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		row := scanner.Text()
		if row == "" || row[0] == '#' {
			continue
		}
		cells := strings.Split(row, "\t")
		if len(cells) != 3 {
			return nil, fmt.Errorf("%s: want name, voice and text between tabs: %q", path, row)
		}
		lines = append(lines, line{cells[0], cells[1], cells[2]})
	}
	return lines, scanner.Err()
}

func speakLine(program program, line line) ([]float64, error) {
	speaker, known := voices[line.voice]
	if !known {
		return nil, fmt.Errorf("no voice %q in voices.go", line.voice)
	}
	parts, err := splitPauses(line.text)
	if err != nil {
		return nil, err
	}
	samples := silence(0.1)
	for _, part := range parts {
		if part.text == "" {
			samples = append(samples, silence(part.pause)...)
			continue
		}
		said, err := program.say(speaker, part.text)
		if err != nil {
			return nil, err
		}
		samples = append(samples, said...)
	}
	samples = append(samples, silence(0.15)...)
	return shape.Level(shape.HighPass(samples, rate, corner), rate, level, ceiling), nil
}

func silence(seconds float64) []float64 { return make([]float64, int(seconds*rate)) }

func write(folder, name string, samples []float64) error {
	for _, to := range []int{sounds.Narrow, sounds.Wide} {
		sound := sounds.Sound{Rate: to, Samples: shape.Quantise(shape.Resample(samples, rate, float64(to)))}
		if err := os.WriteFile(filepath.Join(folder, sounds.FileName(name, to)), sound.EncodeSmall(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
