package rtc

import (
	"errors"
	"net"
	"os"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

// TestMail: messages are read in their order, a read waits for one, and ends at its deadline or when the mail is closed.
func TestMail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sent []string
		m := newMail(func(packet []byte) { sent = append(sent, string(packet)) })
		read := func() (string, error) {
			b := make([]byte, 100)
			n, _, err := m.ReadFrom(b)
			return string(b[:n]), err
		}
		expect := func(text string, want error) {
			t.Helper()
			if got, err := read(); got != text || !errors.Is(err, want) {
				t.Errorf("read %q, %v; want %q, %v", got, err, text, want)
			}
		}
		packet := []byte("one")
		m.put(packet)
		packet[0] = 'x'
		m.put([]byte("two"))
		expect("one", nil)
		expect("two", nil)

		time.AfterFunc(time.Second, func() { m.put([]byte("three")) })
		expect("three", nil)
		_ = m.SetReadDeadline(time.Now().Add(time.Second))
		expect("", os.ErrDeadlineExceeded)
		time.AfterFunc(time.Second, func() { _ = m.SetReadDeadline(time.Unix(1, 0)) })
		_ = m.SetReadDeadline(time.Time{})
		expect("", os.ErrDeadlineExceeded)
		_ = m.SetReadDeadline(time.Time{})

		for range 2 * mailLimit {
			m.put([]byte("flood"))
		}
		if len(m.waiting) != mailLimit {
			t.Errorf("%d messages wait", len(m.waiting))
		}
		for range mailLimit {
			expect("flood", nil)
		}
		time.AfterFunc(time.Second, func() { _ = m.Close() })
		expect("", net.ErrClosed)
		m.put([]byte("late"))
		expect("", net.ErrClosed)
		if _, err := m.WriteTo([]byte("out"), nil); err != nil || len(sent) != 1 || sent[0] != "out" {
			t.Errorf("sent %q, %v", sent, err)
		}
	})
}

// TestAlarmIsNotMissed: a deadline that passes between a read's look at it and its wait ends the wait.
func TestAlarmIsNotMissed(t *testing.T) {
	m := newMail(nil)
	_ = m.SetReadDeadline(time.Now().Add(time.Hour))
	m.mu.Lock() // as a ReadFrom that has looked
	defer m.mu.Unlock()
	m.alarm.Reset(0)
	for range 10_000 {
		runtime.Gosched() // so that the alarm is at work
	}
	tooLate := time.AfterFunc(patience, m.some.Broadcast)
	m.some.Wait()
	if !tooLate.Stop() {
		t.Error("the alarm was missed")
	}
}
