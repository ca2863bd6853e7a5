package bench

import (
	"context"
	"fmt"
	"net"
	"strings"
	"time"
)

// idleAfter is when the memory of an idle server is looked at, after it became ready.
const idleAfter = 2 * time.Second

// measureStart starts servers and asks each by SIP whether it takes calls.
func measureStart(ctx context.Context, r *run) error {
	o, add := r.Options, r.add
	runs := pick(o, 3, 15)
	fresh, idle, err := startsFresh(ctx, o, runs)
	if err != nil {
		return err
	}
	again, err := startsAgain(ctx, o, runs)
	if err != nil {
		return err
	}
	const target = 0.5
	add(bounded("start to ready for calls, new data folder, median", fresh.median().Seconds(), "s", target))
	add(bounded("start to ready for calls, known data folder, median", again.median().Seconds(), "s", target))
	add(bounded("memory when idle, 2 s after the start", float64(idle)/(1<<20), "MB", 60))
	return nil
}

// startsFresh starts each time in a new folder; the last server stays until its memory has settled.
func startsFresh(ctx context.Context, o Options, runs int) (times spread, idle int64, err error) {
	for n := range runs {
		dir, remove, err := folder()
		if err != nil {
			return nil, 0, err
		}
		var rest func(*server) error
		if n == runs-1 {
			rest = func(s *server) error {
				if err := pause(ctx, idleAfter); err != nil {
					return err
				}
				idle, err = s.resident()
				return err
			}
		}
		took, failed := startOnce(ctx, o, dir, rest)
		remove()
		if failed != nil {
			return nil, 0, failed
		}
		times = append(times, took)
	}
	return times, idle, nil
}

// startsAgain starts in a folder that an earlier start has filled.
func startsAgain(ctx context.Context, o Options, runs int) (times spread, err error) {
	dir, remove, err := folder()
	if err != nil {
		return nil, err
	}
	defer remove()
	for n := range runs + 1 {
		took, err := startOnce(ctx, o, dir, nil)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			times = append(times, took)
		}
	}
	return times, nil
}

// startOnce is the time from exec until the server has said that it is ready and has answered OPTIONS.
func startOnce(ctx context.Context, o Options, dir string, then func(*server) error) (time.Duration, error) {
	began := time.Now()
	s, err := startServer(ctx, o.Program, dir, usual.server)
	if err != nil {
		return 0, err
	}
	defer s.stop()
	if err := askOptions(ctx, s.SIP); err != nil {
		return 0, err
	}
	took := time.Since(began)
	if then == nil {
		return took, nil
	}
	return took, then(s)
}

// askOptions sends OPTIONS (RFC 3261 §11) until it is answered with 200.
func askOptions(ctx context.Context, addr string) error {
	conn, err := (&net.Dialer{}).DialContext(ctx, "udp", addr)
	if err != nil {
		return fmt.Errorf("ask %s by SIP: %w", addr, err)
	}
	defer func() { _ = conn.Close() }()
	answer := make([]byte, 2048)
	for try := range 100 {
		if _, err := conn.Write(options(addr, conn.LocalAddr().String(), try)); err != nil {
			return fmt.Errorf("ask %s by SIP: %w", addr, err)
		}
		if err := conn.SetReadDeadline(time.Now().Add(100 * time.Millisecond)); err != nil {
			return fmt.Errorf("ask %s by SIP: %w", addr, err)
		}
		n, err := conn.Read(answer)
		if err == nil && strings.HasPrefix(string(answer[:n]), "SIP/2.0 200 ") {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return fmt.Errorf("ask %s by SIP: no answer", addr)
}

func options(to, from string, try int) []byte {
	return fmt.Appendf(nil, strings.Join([]string{
		"OPTIONS sip:%[1]s SIP/2.0", "Via: SIP/2.0/UDP %[2]s;branch=z9hG4bKbench%[3]d;rport", "Max-Forwards: 70",
		"From: <sip:bench@%[2]s>;tag=bench", "To: <sip:%[1]s>", "Call-ID: bench-%[2]s", "CSeq: %[4]d OPTIONS",
		"Content-Length: 0", "", "",
	}, "\r\n"), to, from, try, try+1)
}
