package lab

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/internal/media"
)

// modules is where Debian's baresip keeps its modules.
const modules = "/usr/lib/baresip/modules"

// Phone is a desk phone: a running baresip with a tone for a voice.
type Phone struct {
	t    testing.TB
	dir  string
	conn net.Conn

	mu     sync.Mutex
	events []PhoneEvent
}

// PhoneEvent is one thing that happened on the phone.
type PhoneEvent struct {
	Type  string `json:"type"`
	Param string `json:"param"`
	Peer  string `json:"peeruri"`
}

var phones atomic.Int64

// Phone starts a desk phone with the sign-in of a user, speaking a tone.
func (w *World) Phone(u User, hertz int) *Phone {
	w.t.Helper()
	p := &Phone{t: w.t, dir: w.t.TempDir()}
	n := phones.Add(1)
	control := freePort(w.t)
	voice := filepath.Join(p.dir, "voice.wav")
	writeTone(w.t, voice, hertz)
	config := []string{
		"poll_method epoll", "call_local_timeout 120", "call_max_calls 4",
		"module_path " + modules, "module g711.so", "module aufile.so", "module sndfile.so",
		"module_tmp uuid.so", "module_tmp account.so", "module_app ctrl_tcp.so", "module_app menu.so",
		"audio_source aufile," + voice, "snd_path " + p.dir,
		fmt.Sprintf("sip_listen 127.0.0.1:%d", freePort(w.t)), fmt.Sprintf("rtp_ports %d-%d", 14000+n%40*20, 14019+n%40*20),
		fmt.Sprintf("ctrl_tcp_listen 127.0.0.1:%d", control),
	}
	account := fmt.Sprintf("<sip:%s@%s;transport=udp>;auth_user=%s;auth_pass=%s;regint=60\n", u.SIPUsername, w.SIP, u.SIPUsername, u.SIPPassword)
	write(w.t, filepath.Join(p.dir, "config"), strings.Join(config, "\n")+"\n")
	write(w.t, filepath.Join(p.dir, "accounts"), account)
	p.run(control)
	return p
}

// writeTone makes a WAV file of two minutes of a tone: baresip does not begin a file anew.
func writeTone(t testing.TB, path string, hertz int) {
	t.Helper()
	const samples = 120 * media.SampleRate
	wav := append([]byte("RIFF"), 0, 0, 0, 0)
	wav = append(wav, "WAVEfmt "...)
	wav = binary.LittleEndian.AppendUint32(wav, 16)
	for _, field := range []uint16{1, 1, media.SampleRate, 0, 2 * media.SampleRate, 0, 2, 16} { // rates are 32 bit
		wav = binary.LittleEndian.AppendUint16(wav, field)
	}
	wav = append(wav, "data"...)
	wav = binary.LittleEndian.AppendUint32(wav, 2*samples)
	for i := range samples {
		wav = binary.LittleEndian.AppendUint16(wav, uint16(Sine(hertz, i)))
	}
	binary.LittleEndian.PutUint32(wav[4:], uint32(len(wav)-8))
	write(t, path, string(wav))
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// freePort is a TCP port that nobody uses now.
func freePort(t testing.TB) int {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return int(netip.MustParseAddrPort(l.Addr().String()).Port())
}

func (p *Phone) run(control int) {
	p.t.Helper()
	cmd := exec.CommandContext(context.Background(), "baresip", "-4", "-f", p.dir)
	out := &logBook{}
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		p.t.Fatalf("baresip: %v (Debian's package baresip is needed)", err)
	}
	p.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if p.t.Failed() {
			p.t.Logf("baresip said:\n%s", out.tail(30))
		}
	})
	if !Comes(Patience, func() bool {
		conn, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", fmt.Sprintf("127.0.0.1:%d", control))
		p.conn = conn
		return err == nil
	}) {
		p.t.Fatalf("baresip takes no commands:\n%s", out.tail(30))
	}
	p.t.Cleanup(func() { _ = p.conn.Close() })
	go p.read(bufio.NewReader(p.conn))
}

// read takes netstrings of JSON.
func (p *Phone) read(r *bufio.Reader) {
	for {
		text, err := r.ReadString(':')
		if err != nil {
			return
		}
		n, err := strconv.Atoi(strings.TrimSuffix(text, ":"))
		if err != nil || n < 0 || n > 1<<20 {
			return
		}
		data := make([]byte, n+1) // and a comma
		if _, err := io.ReadFull(r, data); err != nil {
			return
		}
		var e PhoneEvent
		if json.Unmarshal(data[:n], &e) == nil && e.Type != "" {
			p.mu.Lock()
			p.events = append(p.events, e)
			p.mu.Unlock()
		}
	}
}

// Do gives the phone a command, such as "dial" with an address, "accept" or "hangup".
func (p *Phone) Do(command, params string) {
	p.t.Helper()
	data, err := json.Marshal(map[string]string{"command": command, "params": params})
	if err == nil {
		_, err = fmt.Fprintf(p.conn, "%d:%s,", len(data), data)
	}
	if err != nil {
		p.t.Fatalf("baresip %s: %v", command, err)
	}
}

// Events lists what happened on the phone.
func (p *Phone) Events() []PhoneEvent {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]PhoneEvent{}, p.events...)
}

// Tells waits until something has happened on the phone so many times.
func (p *Phone) Tells(kind string, times int) {
	p.t.Helper()
	if !Comes(Patience, func() bool {
		n := 0
		for _, e := range p.Events() {
			if e.Type == kind {
				n++
			}
		}
		return n >= times
	}) {
		p.t.Fatalf("the phone did not tell %s %d times but %v", kind, times, p.Events())
	}
}

// Heard is what the phone has heard lately of its last call.
func (p *Phone) Heard(window time.Duration) []int16 {
	files, err := filepath.Glob(filepath.Join(p.dir, "dump-*-dec.wav"))
	if err != nil || len(files) == 0 {
		return nil
	}
	data, err := os.ReadFile(files[len(files)-1])
	if err != nil || len(data) < 44 {
		return nil
	}
	data = data[44:]
	n := min(len(data)/2, int(window.Seconds()*media.SampleRate))
	pcm := make([]int16, n)
	from := len(data)/2 - n
	for i := range pcm {
		pcm[i] = int16(uint16(data[2*(from+i)]) | uint16(data[2*(from+i)+1])<<8)
	}
	return pcm
}
