package app

import (
	"sync"
	"time"
)

// lately remembers for a minute what was said, so that it is not said again at every handshake.
type lately struct {
	mu   sync.Mutex // guards said
	said map[string]time.Time
}

const (
	latelyTime = time.Minute
	latelyMost = 100 // things remembered
)

func newLately() *lately { return &lately{said: map[string]time.Time{}} }

func (l *lately) isNews(what string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if at, known := l.said[what]; known && now.Sub(at) < latelyTime {
		return false
	}
	if len(l.said) >= latelyMost {
		clear(l.said)
	}
	l.said[what] = now
	return true
}
