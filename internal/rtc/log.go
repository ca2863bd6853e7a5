package rtc

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/pion/logging"
)

// pionLogs gives pion's parts a logger each.
type pionLogs struct{ to *slog.Logger }

func (p pionLogs) NewLogger(scope string) logging.LeveledLogger {
	return pionLog{to: p.to.With("pion", scope)}
}

// pionLog passes pion's words on at debug level: what strangers can cause must not fill a log, and what matters
// about a leg is said by the leg. pion's own debug and trace lines are dropped, for nearly every packet
// makes one, also a stranger's.
type pionLog struct{ to *slog.Logger }

func (l pionLog) Trace(string)          {}
func (l pionLog) Tracef(string, ...any) {}
func (l pionLog) Debug(string)          {}
func (l pionLog) Debugf(string, ...any) {}

func (l pionLog) Info(msg string)           { l.to.Debug(msg) }
func (l pionLog) Infof(f string, a ...any)  { l.format(f, a) }
func (l pionLog) Warn(msg string)           { l.to.Debug(msg) }
func (l pionLog) Warnf(f string, a ...any)  { l.format(f, a) }
func (l pionLog) Error(msg string)          { l.to.Debug(msg) }
func (l pionLog) Errorf(f string, a ...any) { l.format(f, a) }

// format formats only when somebody listens: a stranger can make pion talk per packet.
func (l pionLog) format(f string, a []any) {
	if l.to.Enabled(context.Background(), slog.LevelDebug) {
		l.to.Debug(fmt.Sprintf(f, a...))
	}
}
