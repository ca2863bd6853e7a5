package lab

import (
	"strings"
	"sync"
)

// logBook keeps what a program says.
type logBook struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBook) lines() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Split(l.text.String(), "\n")
}

func (l *logBook) tail(n int) string {
	all := l.lines()
	return strings.Join(all[max(0, len(all)-n):], "\n")
}
