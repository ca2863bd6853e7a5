package lab

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/store"
)

// tinyDisk mounts a disk of so many megabytes.
func tinyDisk(t *testing.T, megabytes string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+megabytes+"m"); err != nil {
		t.Fatalf("mount a tiny disk: %v: this test must run as root, with the right to mount", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fill takes all the room that is left on a disk and gives it back when called.
func fill(t *testing.T, dir string) (free func()) {
	t.Helper()
	ballast := filepath.Join(dir, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1 << 20, 1 << 12} {
		chunk := make([]byte, size)
		for err = nil; err == nil; {
			_, err = f.Write(chunk)
		}
	}
	_ = f.Close()
	return func() { _ = os.Remove(ballast) }
}

// TestFullDisk: the recording stops and says so, the call lives (BX-49); the next call is not recorded, and is a call.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Data: tinyDisk(t, "150"), Prepare: func(ctx context.Context, db *store.DB) error {
		return eachQueue(ctx, db, func(q *store.Queue) {
			curtQueue(q)
			q.WrapUpSeconds = 0
		})
	}})
	n := network(t, carrier.Config{})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	k := caller(t, n, w, sales, "+32470111222", callerVoice)
	ring := ann.rung()
	ann.answer(ring)
	hearsTone(t, k, agentVoice)
	ann.Wait("it is recorded", func(p live.Snapshot) bool { return len(p.Me.Lines) == 1 && p.Me.Lines[0].Recording == "on" })
	free := fill(t, w.Data)
	Eventually(t, "the log says that recording stopped", func() bool {
		for _, line := range w.Log() {
			if strings.Contains(line, "recording stopped") {
				t.Log(line)
				return true
			}
		}
		return false
	})
	ann.Wait("the page shows it", func(p live.Snapshot) bool { return len(p.Me.Lines) == 1 && p.Me.Lines[0].Recording == "off" })
	hearsTone(t, k, agentVoice)
	ann.hears(callerVoice)
	ann.do(ring.Call, "hangup")
	ended(t, k)
	ann.status("available")

	next := caller(t, n, w, sales, "+32470111333", callerVoice)
	second := ann.rung()
	ann.answer(second)
	hearsTone(t, next, agentVoice)
	ann.do(second.Call, "hangup")
	ended(t, next)
	free()
	first := ann.Record(ring.Call)
	if len(first.Recordings) != 1 || first.Recordings[0].Failure == "" {
		t.Errorf("the first record says %+v", first.Recordings)
	}
	later := ann.Record(second.Call)
	if len(later.Recordings) != 1 || later.Recordings[0].Status != "failed" || !strings.Contains(later.Recordings[0].Failure, "disk") {
		t.Errorf("the second record says %+v", later.Recordings)
	}
	t.Logf("the records say %q and %q", first.Recordings[0].Failure, later.Recordings[0].Failure)
}
