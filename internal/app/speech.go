package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"parley/internal/prompt"
	"parley/internal/sounds"
)

// speech keeps texts as they were spoken, in files named for text, voice and language. A text is spoken when the
// configuration that has it is loaded, never when a caller waits for it.
type speech struct {
	folder string
	log    *slog.Logger
	speak  func(ctx context.Context, text string, as speaker) (sounds.Sound, error) // one clause
	gate   chan struct{}                                                            // bounds how many processors it takes
	work   sync.WaitGroup

	mu      sync.Mutex
	pending map[string]bool
	closed  bool
}

// openSpeech makes the folder and clears what an earlier process left unfinished.
func openSpeech(data string, log *slog.Logger) (*speech, error) {
	s := &speech{
		folder: filepath.Join(data, "speech"), log: log, speak: speakClause, pending: map[string]bool{},
		gate: make(chan struct{}, max(1, runtime.NumCPU()-1)),
	}
	if err := os.MkdirAll(s.folder, 0o750); err != nil {
		return nil, fmt.Errorf("open the folder for speech in --data %s: %w", data, err)
	}
	left, err := filepath.Glob(filepath.Join(s.folder, "*"+unfinished))
	for _, path := range left {
		_ = os.Remove(path)
	}
	return s, err
}

const (
	unfinished = ".part"
	// spokenForm is changed when the same text would be spoken otherwise than before.
	spokenForm = "2"
)

// path is where a prompt's text is kept.
func (s *speech) path(p prompt.Prompt) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{spokenForm, string(p.Language), string(voiceOf(p)), p.Text}, "\x00")))
	return filepath.Join(s.folder, hex.EncodeToString(sum[:])+".wav")
}

func voiceOf(p prompt.Prompt) prompt.Voice {
	if p.Voice == prompt.Man {
		return prompt.Man
	}
	return prompt.Woman
}

// spoken tells whether the prompt is something that speech makes.
func spoken(p prompt.Prompt) bool { return p.Audio == "" && p.Kind == "" && p.Text != "" }

// ask has the texts spoken that are not there yet. It returns at once.
func (s *speech) ask(ctx context.Context, prompts ...prompt.Prompt) {
	for _, p := range prompts {
		if !spoken(p) {
			continue
		}
		path := s.path(p)
		if _, err := os.Stat(path); err == nil || !s.begin(path) {
			continue
		}
		go func() {
			defer s.end(path)
			if err := s.make(ctx, p, path); err != nil && ctx.Err() == nil {
				s.log.Error("text is not spoken", "language", p.Language, "characters", len([]rune(p.Text)), "err", err)
			}
		}()
	}
}

// begin says that a file is to be made; false when it is being made, or nothing is any more.
func (s *speech) begin(path string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.pending[path] {
		return false
	}
	s.pending[path] = true
	s.work.Add(1)
	return true
}

func (s *speech) end(path string) {
	s.mu.Lock()
	delete(s.pending, path)
	s.mu.Unlock()
	s.work.Done()
}

// close waits for what is under way, which ends soon when its context does.
func (s *speech) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.work.Wait()
}

// make speaks a text clause by clause and keeps it.
func (s *speech) make(ctx context.Context, p prompt.Prompt, path string) error {
	select {
	case s.gate <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.gate }()
	if n := len([]rune(p.Text)); n > prompt.MaxText {
		return fmt.Errorf("text of %d characters: up to %d are spoken", n, prompt.MaxText)
	}
	whole := sounds.Sound{Rate: sounds.Wide}
	for _, c := range prompt.Clauses(p.Text) {
		said, err := s.speak(ctx, c.Text, speaker{p.Language, voiceOf(p)})
		if err != nil {
			return err
		}
		whole.Samples = append(whole.Samples, said.Samples...)
		whole.Samples = append(whole.Samples, make([]int16, int64(c.Pause)*sounds.Wide/1e9)...)
	}
	return keepFile(path, whole.Encode())
}

// keepFile writes a file that is there whole or not at all.
func keepFile(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "*"+unfinished)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}
