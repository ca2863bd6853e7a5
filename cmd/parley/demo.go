package main

import (
	"context"
	"os"

	"parley/internal/app"
)

type demoCommand struct {
	app.Settings
	JSON        bool   `name:"json" help:"Print one line of JSON when calls are taken, instead of the welcome."`
	DemoCarrier string `name:"demo-carrier" help:"Where outbound calls go; else to the carrier in the box." placeholder:"HOST:PORT"`
	Password    string `hidden:"" env:"PARLEY_DEMO_PASSWORD" help:"Password of the demo's users; random without it."`
}

// Run runs the demo until a signal comes.
func (c *demoCommand) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.Settings, version, logger(c.Settings), &app.DemoSettings{Password: c.Password, Carrier: c.DemoCarrier})
	if err != nil {
		return err
	}
	show := a.Banner
	if c.JSON {
		show = a.ReadyLine
	}
	if err := show(os.Stdout); err != nil {
		return err
	}
	return wait(ctx, a)
}
