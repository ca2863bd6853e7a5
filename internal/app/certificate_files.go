package app

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// lookEvery is how often at most the files of a certificate are looked at: a renewal acts within this time.
const lookEvery = time.Second

// filed is a certificate from two files, read again when one of them changes. While the new ones cannot be used, for they
// are written one after the other, the old certificate stays.
type filed struct {
	certificate, key string
	log              *slog.Logger

	mu      sync.Mutex // guards what follows
	current *tls.Certificate
	stamp   [2]stamp
	looked  time.Time
	told    bool // that the new files cannot be used
}

// stamp tells one state of a file from another.
type stamp struct {
	size int64
	at   time.Time
}

func (f *filed) show() (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	if f.current != nil && now.Sub(f.looked) < lookEvery {
		return f.current, nil
	}
	f.looked = now
	if err := f.look(); err != nil {
		if f.current == nil {
			return nil, err
		}
		if !f.told {
			f.log.Warn("changed certificate not used, the old one stays", "err", err)
		}
		f.told = true
	}
	return f.current, nil
}

// look reads the files if they have changed.
func (f *filed) look() error {
	now, err := stamps(f.certificate, f.key)
	if err != nil {
		return fmt.Errorf("--tls-cert, --tls-key: %w", err)
	}
	if f.current != nil && now == f.stamp {
		return nil
	}
	pair, err := tls.LoadX509KeyPair(f.certificate, f.key)
	if err != nil {
		return fmt.Errorf("--tls-cert %s, --tls-key %s: %w", f.certificate, f.key, err)
	}
	if f.current != nil {
		f.log.Info("certificate read anew", "file", f.certificate)
	}
	f.current, f.stamp, f.told = &pair, now, false
	return nil
}

func stamps(files ...string) (all [2]stamp, err error) {
	for i, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			return all, err
		}
		all[i] = stamp{info.Size(), info.ModTime()}
	}
	return all, nil
}
