package main

import (
	"context"
	"os"
	"time"

	"parley/internal/bench"
)

type benchCommand struct {
	JSON   bool          `name:"json" help:"Print one JSON object per row instead of a table."`
	Full   bool          `help:"Measure for longer, about eight minutes instead of one, and how many calls the machine carries."`
	Only   []string      `help:"Measure only these; an unknown name lists them." placeholder:"NAME"`
	Engine bool          `hidden:"" help:"Be the media engine that is measured: tasks on standard input, answers on standard output."`
	Soak   time.Duration `help:"Place calls for so long and watch memory and lost calls, in place of everything else." placeholder:"DURATION"`
}

// Run measures this very program, started as a server of its own.
func (c *benchCommand) Run(ctx context.Context) error {
	if c.Engine {
		return bench.ServeEngine(os.Stdin, os.Stdout)
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	return bench.Run(ctx, bench.Options{
		Program: program, Out: os.Stdout, JSON: c.JSON, Full: c.Full, Only: c.Only, Soak: c.Soak,
	})
}
