package lab

import (
	"encoding/json"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/call"
)

// parley runs the program to its end.
func parley(t *testing.T, env []string, args ...string) (out string, code int) {
	t.Helper()
	binary, err := Binary()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary, args...)
	cmd.Env = append(cmd.Environ(), env...)
	text, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(text), cmd.ProcessState.ExitCode()
}

// TestConfig: every setting with its value and where it came from, and no secret.
func TestConfig(t *testing.T) {
	t.Parallel()
	env := []string{"PARLEY_SIP=127.0.0.1:5099", "PARLEY_DATABASE=postgres://parley:secret@127.0.0.1/parley"}
	out, code := parley(t, env, "config", "--http", "127.0.0.1:9999")
	if code != 0 {
		t.Fatalf("it ended with %d: %s", code, out)
	}
	rows := map[string]string{}
	for _, line := range strings.Split(out, "\n") {
		if fields := strings.Fields(line); len(fields) > 2 {
			rows[fields[0]] = strings.Join(fields[1:], " ")
		}
	}
	want := map[string]string{
		"--http": "127.0.0.1:9999 flag", "--sip": "127.0.0.1:5099 environment PARLEY_SIP", "--rtp": "16384-24575 default",
		"--data": "parley-data default", "--database": "postgres://parley:***@127.0.0.1/parley environment PARLEY_DATABASE",
		"--rtc": "127.0.0.1:7878 default",
	}
	for name, text := range want {
		if rows[name] != text {
			t.Errorf("%s: %q, not %q", name, rows[name], text)
		}
	}
	if strings.Contains(out, "secret") || !strings.Contains(out, "--public") {
		t.Errorf("it prints\n%s", out)
	}
}

// TestTakenPorts: a port that another program holds is told with the flag that names it.
func TestTakenPorts(t *testing.T) {
	t.Parallel()
	udp, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = udp.Close() }()
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tcp.Close() }()
	taken := map[string]string{"--sip": udp.LocalAddr().String(), "--rtc": udp.LocalAddr().String(), "--http": tcp.Addr().String()}
	for flag, address := range taken {
		args := []string{"serve", "--data", t.TempDir(), "--rtp", "19000-19099"}
		for _, other := range []string{"--http", "--sip", "--rtc"} {
			if other == flag {
				args = append(args, other, address)
				continue
			}
			args = append(args, other, "127.0.0.1:0")
		}
		out, code := parley(t, nil, args...)
		if code == 0 || !strings.Contains(out, flag+" "+address) {
			t.Errorf("a taken port of %s: code %d, %s", flag, code, out)
		}
	}
	out, code := parley(t, nil, "serve", "--data", t.TempDir(), "--rtp", "many")
	if code == 0 || !strings.Contains(out, "--rtp") {
		t.Errorf("a wrong range: code %d, %s", code, out)
	}
}

// TestReplay: a transcript is told as a story.
func TestReplay(t *testing.T) {
	t.Parallel()
	var lines []string
	add := func(v any) {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(data))
	}
	add(map[string]string{"machine": "call", "id": "c1", "org": "o1"})
	for i, s := range []call.Signal{
		call.Arrived{Leg: "l1", Trunk: "t1", From: "+32470111222", To: sales},
		call.Unrouted{Cause: 1, Why: "nobody has this number"},
		call.LegEnded{Leg: "l1", Cause: 1, Code: 404},
	} {
		word, data, err := call.Signals.Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		add(map[string]any{"at": time.Unix(int64(1700000000+i), 0), "signal": word, "data": json.RawMessage(data)})
	}
	file := filepath.Join(t.TempDir(), "call-c1.jsonl")
	write(t, file, strings.Join(lines, "\n")+"\n")
	out, code := parley(t, nil, "replay", file)
	if code != 0 {
		t.Fatalf("it ended with %d: %s", code, out)
	}
	for _, want := range []string{"# call c1", "< arrived", "do   find-route", "tell began", "< unrouted", "do   end-leg", "tell finished"} {
		if !strings.Contains(out, want) {
			t.Errorf("the story lacks %q:\n%s", want, out)
		}
	}
	write(t, file, lines[0]+"\n{\"signal\":\"nonsense\"}\n")
	if out, code := parley(t, nil, "replay", file); code == 0 {
		t.Errorf("a transcript of nonsense is told as\n%s", out)
	}
}
