package main

import (
	"context"
	"os"
	"time"

	"parley/internal/bench"
)

type benchCommand struct {
	JSON bool          `name:"json" help:"Print one JSON object per row instead of a table."`
	Full bool          `help:"Measure for longer: about five minutes instead of one."`
	Only []string      `help:"Measure only these: acd, start, signalling, ring, sound." placeholder:"NAME"`
	Soak time.Duration `help:"Place calls for so long and watch memory and lost calls, in place of everything else." placeholder:"DURATION"`
}

// Run measures this very program, started as a server of its own.
func (c *benchCommand) Run(ctx context.Context) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	return bench.Run(ctx, bench.Options{
		Program: program, Out: os.Stdout, JSON: c.JSON, Full: c.Full, Only: c.Only, Soak: c.Soak,
	})
}
