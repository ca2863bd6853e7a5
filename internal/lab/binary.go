package lab

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// Binary is the path of the program under test: the one that PARLEY_BIN (or PARLEY_BINARY) names, else one that is built
// for this run, once.
var Binary = sync.OnceValues(func() (string, error) {
	for _, name := range []string{"PARLEY_BIN", "PARLEY_BINARY"} {
		if path := os.Getenv(name); path != "" {
			return path, nil
		}
	}
	root, err := repository()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "parley-lab-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "parley")
	build := exec.CommandContext(context.Background(), "go", "build", "-buildvcs=false", "-o", path, "./cmd/parley")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w: %s", err, out)
	}
	return path, nil
})

// repository is the folder of go.mod above the working folder.
func repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		above := filepath.Dir(dir)
		if above == dir {
			return "", errors.New("no go.mod above the working folder")
		}
		dir = above
	}
}
