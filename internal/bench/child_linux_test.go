package bench

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

const motherOf = "PARLEY_TEST_MOTHER"

// TestServerEndsWithTheMeasurement kills a process that has started another one: the pipe that both hold must close.
func TestServerEndsWithTheMeasurement(t *testing.T) {
	if os.Getenv(motherOf) != "" {
		bearAndWait(t)
		return
	}
	mother := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	mother.Env = append(os.Environ(), motherOf+"=sleep")
	out, err := mother.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := mother.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); err != nil || !strings.HasPrefix(line, "born") {
		t.Fatalf("the child did not start: %q, %v", line, err)
	}
	if err := mother.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, lines) // until nobody holds the pipe
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("the child lives on")
	}
	_ = mother.Wait() // it was killed
}

// bearAndWait is the process that is killed.
func bearAndWait(t *testing.T) {
	child := newProcess(context.Background(), os.Getenv(motherOf), "60")
	child.cmd.Stdout = os.Stdout
	if err := child.start(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stdout.WriteString("born\n"); err != nil {
		t.Fatal(err)
	}
	<-child.over
}
