// Parley is a contact-centre phone system in one program.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"parley/internal/app"
)

// version is set by the build.
var version = "dev"

type commands struct {
	Serve   serveCommand   `cmd:"" set:"https=127.0.0.1:8443" set:"turn=127.0.0.1:3478" help:"Run Parley."`
	Demo    demoCommand    `cmd:"" set:"https=off" set:"turn=off" help:"Run Parley with a demo organisation, a carrier in the box and callers."`
	Config  configCommand  `cmd:"" set:"https=127.0.0.1:8443" set:"turn=127.0.0.1:3478" help:"Print every setting, its value and where it came from."`
	Migrate migrateCommand `cmd:"" set:"https=off" set:"turn=off" help:"Bring the database to the form that this version needs, and stop."`
	Rotate  rotateCommand  `cmd:"" name:"rotate-keys" set:"https=off" set:"turn=off" help:"Give every organisation a new key for new recordings."`
	Bench   benchCommand   `cmd:"" help:"Measure this program against its targets."`
	Sim     simCommand     `cmd:"" name:"simulate" help:"Run the distribution of calls in virtual time, by chance, and check its promises."`
	Replay  replayCommand  `cmd:"" help:"Run the transcript of a broken machine or of a simulation again and tell what happens."`
	Openapi openapiCommand `cmd:"" help:"Print the description of the API (OpenAPI 3.1)."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

func main() {
	// The first signal stops gracefully; a second one ends at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		stop()
	}()
	parsed := kong.Parse(&commands{}, kong.Name("parley"), kong.Description("A contact-centre phone system in one program."),
		kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := parsed.Run(parsed); err != nil {
		fmt.Fprintln(os.Stderr, "parley:", err)
		os.Exit(1)
	}
}

func logger(s app.Settings) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(s.LogLevel)) // kong has checked it
	options := &slog.HandlerOptions{Level: level}
	if s.LogJSON {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}
