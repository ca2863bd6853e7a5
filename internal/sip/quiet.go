package sip

import (
	"context"
	"log/slog"
)

// quiet is the log of the SIP stack: everything at debug level, and only attributes that hold no part of a message,
// for a message carries credentials.
type quiet struct{ slog.Handler }

// Enabled asks for debug whatever the level.
func (q quiet) Enabled(ctx context.Context, _ slog.Level) bool {
	return q.Handler.Enabled(ctx, slog.LevelDebug)
}

// Handle writes the record without what may hold a message.
func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, slog.LevelDebug, "sip stack: "+r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		switch a.Key {
		case "network", "laddr", "raddr", "dur", "tx":
			clean.AddAttrs(a)
		}
		return true
	})
	return q.Handler.Handle(ctx, clean)
}

// WithAttrs drops attributes of the stack.
func (q quiet) WithAttrs([]slog.Attr) slog.Handler { return q }

// WithGroup drops groups of the stack.
func (q quiet) WithGroup(string) slog.Handler { return q }
