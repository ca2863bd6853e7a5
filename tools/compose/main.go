// Command compose writes the hold music of internal/sounds. The music is ours, and the same at every build.
// Usage: compose FOLDER.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"parley/internal/sounds"
	"parley/tools/shape"
)

const (
	level   = -21.0 // dBFS RMS, a little under the prompts
	ceiling = -3.0  // dBFS peak
	corner  = 170.0 // Hz; a telephone carries nothing from below
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: compose FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "compose:", err)
		os.Exit(1)
	}
}

func run(folder string) error {
	loop, err := play(piece)
	if err != nil {
		return err
	}
	samples := finish(loop)
	for _, to := range []int{sounds.Narrow, sounds.Wide} {
		sound := sounds.Sound{Rate: to, Samples: shape.Quantise(shape.ResampleLoop(samples, rate, float64(to)))}
		if err := os.WriteFile(filepath.Join(folder, sounds.FileName(sounds.HoldMusic, to)), sound.Encode(), 0o644); err != nil {
			return err
		}
		fmt.Printf("hold music: %.1f s at %d Hz\n", sound.Length().Seconds(), to)
	}
	return nil
}

// finish filters and levels the loop. The filter hears the loop twice and the second round is kept, so that it has
// settled where the loop begins.
func finish(loop *tape) []float64 {
	loop.even()
	twice := append(append([]float64(nil), loop.samples...), loop.samples...)
	filtered := shape.HighPass(twice, rate, corner)[len(loop.samples):]
	return shape.Level(filtered, rate, level, ceiling)
}
