package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"parley/internal/api"
	"parley/internal/app"
	"parley/internal/callcontrol"
	"parley/internal/owner"
	"parley/internal/simulator"
)

type serveCommand struct {
	app.Settings
}

// Run serves until a signal comes.
func (c *serveCommand) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.Settings, version, logger(c.Settings), nil)
	if err != nil {
		return err
	}
	web, sip := a.Addresses()
	fmt.Printf("Parley %s\n  web app  %s\n  SIP      %s\n", version, web, sip)
	if secure, certificate := a.Secure(); secure != "" {
		fmt.Printf("  TLS      %s (%s)\n", secure, certificate)
	}
	if code := a.SetupCode(); code != "" {
		fmt.Printf("\nFirst run: open %s and enter the code %s\n", web, code)
	}
	return wait(ctx, a)
}

// wait runs until a signal comes or a part stops by itself.
func wait(ctx context.Context, a *app.App) error {
	var err error
	select {
	case <-ctx.Done():
	case err = <-a.Failed():
	}
	a.Stop(context.WithoutCancel(ctx))
	return err
}

type migrateCommand struct {
	app.Settings
}

// Run migrates the database.
func (c *migrateCommand) Run(ctx context.Context) error { return app.Migrate(ctx, c.Settings) }

type rotateCommand struct {
	app.Settings
}

// Run rotates the media keys, also while the program runs.
func (c *rotateCommand) Run(ctx context.Context) error {
	n, err := app.RotateKeys(ctx, c.Settings)
	if err == nil {
		fmt.Printf("New recordings of %d organisations are sealed with new keys; the old ones still open.\n", n)
	}
	return err
}

type replayCommand struct {
	File string `arg:"" type:"existingfile" help:"Transcript, as written to the folder transcripts in the data folder."`
}

// Run tells the transcript as a story.
func (c *replayCommand) Run() error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	t, err := owner.ReadTranscript(f)
	if err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	if t.Machine == "acd" {
		return simulator.Replay(t, os.Stdout)
	}
	return callcontrol.Replay(t, os.Stdout)
}

type openapiCommand struct{}

// Run prints the description of the API.
func (c *openapiCommand) Run() error {
	data, err := api.Description("1")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, data, "", "  "); err != nil {
		return err
	}
	out.WriteByte('\n')
	_, err = out.WriteTo(os.Stdout)
	return err
}

type versionCommand struct{}

// Run prints the version.
func (c *versionCommand) Run() error {
	fmt.Println(version)
	return nil
}
