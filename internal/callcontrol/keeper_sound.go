package callcontrol

import (
	"context"
	"log/slog"
	"strconv"

	"parley/internal/report"
)

// logSound tells on one line how a call that has ended sounded: for each leg the way of the sound that it heard, and in
// both directions MOS, loss, jitter and round trip. A call without sound has none.
func (k *Keeper) logSound(r *report.Record) {
	attrs := []slog.Attr{slog.String("call", string(r.ID))}
	for i := range r.Legs {
		l := &r.Legs[i]
		if l.Path == "" && l.From == nil && l.To == nil {
			continue
		}
		leg := []any{slog.String("id", string(l.Leg)), slog.String("device", l.Device)}
		if l.Path != "" {
			leg = append(leg, slog.String("path", l.Path))
		}
		if l.From != nil {
			leg = append(leg, slog.String("from", l.From.String()))
		}
		if l.To != nil {
			leg = append(leg, slog.String("to", l.To.String()))
		}
		attrs = append(attrs, slog.Group("leg"+strconv.Itoa(i+1), leg...))
	}
	if len(attrs) > 1 {
		k.Log.LogAttrs(context.Background(), slog.LevelInfo, "sound of the call", attrs...)
	}
}
