package lab

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net"
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

	answers atomic.Int64 // to commands

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

// Model says what a desk phone speaks. The zero Model speaks G.711 in the clear over UDP.
type Model struct {
	Codec media.Codec // the only one it offers; 0 is G.711 with both laws
	TLS   string      // address for SIP over TLS, where sound is encrypted with SDES and nothing else is taken
	Auto  bool        // it answers by itself
	Lamp  bool        // it subscribes to the counts of messages, and tells MWI_NOTIFY with what it is told
}

// sound is the rate and the channels of the sound that baresip wants for the codec.
func (m Model) sound() (rate, channels int) {
	switch m.Codec {
	case media.G722:
		return 16000, 1
	case media.Opus:
		return 48000, 2
	default:
		return media.SampleRate, 1
	}
}

// module is baresip's for the codec.
func (m Model) module() string {
	switch m.Codec {
	case media.G722:
		return "g722.so"
	case media.Opus:
		return "opus.so"
	default:
		return "g711.so"
	}
}

// account is the line in baresip's list of accounts, for a user name and what else is to be said of it.
func (m Model) account(at, user, more string) string {
	transport := "udp"
	if m.TLS != "" {
		at, transport = m.TLS, "tls"
	}
	line := fmt.Sprintf("<sip:%s@%s;transport=%s>;%s", user, at, transport, more)
	if m.TLS != "" {
		line += ";mediaenc=srtp-mand"
	}
	if m.Codec == media.PCMU || m.Codec == media.PCMA { // one module has both
		line += ";audio_codecs=" + m.Codec.String()
	}
	return line + "\n"
}

// Phone starts a desk phone with the sign-in of a user, speaking a tone.
func (w *World) Phone(u User, hertz int) *Phone {
	w.t.Helper()
	return w.PhoneOf(Model{}, u, hertz)
}

// PhoneOf is Phone for a model.
func (w *World) PhoneOf(m Model, u User, hertz int) *Phone {
	w.t.Helper()
	signIn := fmt.Sprintf("auth_user=%s;auth_pass=%s;regint=60", u.SIPUsername, u.SIPPassword)
	if m.Auto {
		signIn += ";answermode=auto"
	}
	listen := fmt.Sprintf("sip_listen 127.0.0.1:%d", freePort(w.t))
	if !m.Lamp {
		return w.baresip(m, m.account(w.SIP, u.SIPUsername, signIn), hertz, listen)
	}
	// One millisecond after its start, module mwi of baresip 1.0.0 goes through its list of subscriptions and adds one for each: where a
	// registrar has answered by then it never comes to an end. So the account comes when that is over.
	p := w.baresip(m, "# comes later\n", hertz, listen, "module_app mwi.so")
	p.settles(50 * time.Millisecond)
	p.Do("uanew", strings.TrimSpace(m.account(w.SIP, u.SIPUsername, signIn+";mwi=yes")))
	return p
}

// Peer starts a baresip that is no device but the far side of a trunk: it takes calls to one number, at listen and, with
// the certificate and key of a PEM file, over TLS at the port after it.
func (w *World) Peer(m Model, number, listen, certificate string, hertz int) *Phone {
	w.t.Helper()
	account := m.account(w.SIP, number, "regint=0;answermode=auto")
	return w.baresip(m, account, hertz, "sip_listen "+listen, "sip_certificate "+certificate)
}

func (w *World) baresip(m Model, account string, hertz int, more ...string) *Phone {
	w.t.Helper()
	p := &Phone{t: w.t, dir: w.t.TempDir()}
	n := phones.Add(1)
	control := freePort(w.t)
	voice := filepath.Join(p.dir, "voice.wav")
	rate, channels := m.sound()
	writeTone(w.t, voice, hertz, rate, channels)
	config := []string{
		"poll_method epoll", "call_local_timeout 120", "call_max_calls 4", "module_path " + modules,
		"module " + m.module(), "module srtp.so", "module aufile.so", "module sndfile.so",
		"module_tmp uuid.so", "module_tmp account.so", "module_app ctrl_tcp.so", "module_app menu.so",
		"audio_source aufile," + voice, "snd_path " + p.dir,
		fmt.Sprintf("rtp_ports %d-%d", 14000+n%40*20, 14019+n%40*20),
		fmt.Sprintf("ctrl_tcp_listen 127.0.0.1:%d", control),
	}
	write(w.t, filepath.Join(p.dir, "config"), strings.Join(append(config, more...), "\n")+"\n")
	write(w.t, filepath.Join(p.dir, "accounts"), account)
	p.run(control)
	return p
}

// toneLength is how long the tone of a phone lasts: baresip does not begin a file anew.
const toneLength = 120 // seconds

// writeTone makes a WAV file of a tone.
func writeTone(t testing.TB, path string, hertz, rate, channels int) {
	t.Helper()
	size := toneLength * rate * channels * 2
	wav := append(make([]byte, 0, 44+size), "RIFF"...)
	wav = binary.LittleEndian.AppendUint32(wav, uint32(36+size))
	wav = append(wav, "WAVEfmt "...)
	wav = binary.LittleEndian.AppendUint32(wav, 16)
	wav = binary.LittleEndian.AppendUint16(wav, 1)
	wav = binary.LittleEndian.AppendUint16(wav, uint16(channels))
	wav = binary.LittleEndian.AppendUint32(wav, uint32(rate))
	wav = binary.LittleEndian.AppendUint32(wav, uint32(rate*channels*2))
	wav = binary.LittleEndian.AppendUint16(wav, uint16(channels*2))
	wav = binary.LittleEndian.AppendUint16(wav, 16)
	wav = append(wav, "data"...)
	wav = binary.LittleEndian.AppendUint32(wav, uint32(size))
	for i := range toneLength * rate {
		x := uint16(int16(8000 * math.Sin(2*math.Pi*float64(hertz*i%rate)/float64(rate))))
		for range channels {
			wav = binary.LittleEndian.AppendUint16(wav, x)
		}
	}
	write(t, path, string(wav))
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// The ports that freePort gives: none that a system gives to whoever asks for any, so that nothing takes one between its
// choice and its use.
const firstPort, lastPort = 12_000, 13_998

var portsGiven atomic.Uint32

// freePort is a port of this machine that is free for UDP and TCP, as is the one above it, which is baresip's for TLS.
func freePort(t testing.TB) int {
	t.Helper()
	const pairs = (lastPort - firstPort) / 2
	for range pairs {
		port := firstPort + 2*((os.Getpid()+int(portsGiven.Add(1)))%pairs)
		if isFree(port) && isFree(port+1) {
			return port
		}
	}
	t.Fatalf("no port is free from %d to %d", firstPort, lastPort)
	return 0
}

func isFree(port int) bool {
	at := fmt.Sprintf("127.0.0.1:%d", port)
	tcp, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", at)
	if err != nil {
		return false
	}
	defer func() { _ = tcp.Close() }()
	udp, err := (&net.ListenConfig{}).ListenPacket(context.Background(), "udp", at)
	if err != nil {
		return false
	}
	return udp.Close() == nil
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
		var e struct {
			PhoneEvent
			Response bool `json:"response"`
		}
		if json.Unmarshal(data[:n], &e) != nil {
			continue
		}
		if e.Response {
			p.answers.Add(1)
		}
		if e.Type != "" {
			p.mu.Lock()
			p.events = append(p.events, e.PhoneEvent)
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

// settles waits until the phone's loop has answered for so long: by then it has gone through every timer of its start.
func (p *Phone) settles(long time.Duration) {
	p.t.Helper()
	first, before := time.Time{}, p.answers.Load()
	p.Do("reginfo", "")
	if !Comes(Patience, func() bool {
		now := p.answers.Load()
		if now == before {
			return false
		}
		if first.IsZero() {
			first = time.Now()
		}
		before = now
		if time.Since(first) > long {
			return true
		}
		p.Do("reginfo", "")
		return false
	}) {
		p.t.Fatal("the phone answers no commands")
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

// Heard is what the phone has heard lately of its last call, at 8 kHz.
func (p *Phone) Heard(window time.Duration) []int16 {
	files := p.dumps()
	if len(files) == 0 {
		return nil
	}
	return heardIn(files[len(files)-1], window)
}

// HeardByCall is what the phone has heard lately in each of its calls in which it hears anything.
func (p *Phone) HeardByCall(window time.Duration) (all [][]int16) {
	for _, file := range p.dumps() {
		at, err := os.Stat(file)
		if err == nil && time.Since(at.ModTime()) < time.Second {
			all = append(all, heardIn(file, window))
		}
	}
	return all
}

// dumps are the files in which the phone keeps what it hears, one for each call.
func (p *Phone) dumps() []string {
	files, err := filepath.Glob(filepath.Join(p.dir, "dump-*-dec.wav"))
	if err != nil {
		return nil
	}
	return files
}

func heardIn(file string, window time.Duration) []int16 {
	data, err := os.ReadFile(file)
	if err != nil || len(data) < 44 {
		return nil
	}
	channels, rate := int(binary.LittleEndian.Uint16(data[22:])), int(binary.LittleEndian.Uint32(data[24:]))
	if channels == 0 || rate < media.SampleRate {
		return nil
	}
	data = data[44:]
	step := rate / media.SampleRate * channels // of a tone, every so manieth sample is as good
	n := min(len(data)/2/step, int(window.Seconds()*media.SampleRate))
	pcm := make([]int16, n)
	from := len(data)/2/step - n
	for i := range pcm {
		pcm[i] = int16(binary.LittleEndian.Uint16(data[2*(from+i)*step:]))
	}
	return pcm
}
