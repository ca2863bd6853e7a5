package main

import (
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/alecthomas/kong"

	"parley/internal/app"
)

type configCommand struct {
	app.Settings
}

// Run prints every setting: its flag, its value, and whether it came from a flag, the environment or the default.
func (c *configCommand) Run(parsed *kong.Context) error {
	given := map[string]bool{}
	for _, p := range parsed.Path {
		if p.Flag != nil && !p.Resolved {
			given[p.Flag.Name] = true
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SETTING\tVALUE\tFROM")
	for _, f := range parsed.Selected().Flags {
		if f.Name == "help" {
			continue
		}
		from := "default"
		for _, env := range f.Envs {
			if _, set := os.LookupEnv(env); set {
				from = "environment " + env
			}
		}
		if given[f.Name] {
			from = "flag"
		}
		fmt.Fprintf(w, "--%s\t%s\t%s\n", f.Name, app.Shown(f.Name, fmt.Sprint(f.Target.Interface())), from)
	}
	return w.Flush()
}
