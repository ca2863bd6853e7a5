package sip

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// maxEarly is how many packets may come before what was agreed has reached the engine.
const maxEarly = 5

// TestBaresip takes calls of a real telephone, plain and encrypted, over UDP and TLS: its packets are those
// that were agreed on, and can be read.
func TestBaresip(t *testing.T) {
	for _, test := range []struct{ codec, encryption, transport, path string }{
		{"pcma/8000/1", "", "udp", "PCMA/8k"},
		{"pcma/8000/1", "srtp-mand", "udp", "PCMA/8k in AES_CM_128_HMAC_SHA1"},
		{"g722/16000/1", "srtp", "tls", "G722/16k in A"},
		{"opus/48000/2", "", "udp", "opus/48k"},
		{"opus/48000/2", "srtp-mand", "tls", "opus/48k in A"},
	} {
		t.Run(strings.ReplaceAll(test.codec, "/", "-")+" "+test.encryption+" "+test.transport, func(t *testing.T) {
			h := openHouse(t, withTrunk, withTLS)
			h.on(answering)
			out := runBaresip(t, h, test.codec, test.encryption, test.transport)
			call := h.call(0)
			sound, ok := h.Media(call.Leg)
			if !ok {
				t.Fatal("no sound")
			}
			waitFor(t, "a second of sound", func() bool { return sound.Stats().PacketsIn >= 50 })
			if stats, path := sound.Stats(), sound.Path(); stats.Bad > maxEarly || !strings.Contains(path, test.path) || call.Transport != test.transport {
				t.Errorf("%d bad packets, over %s, the sound goes %s\n%s", stats.Bad, call.Transport, path, lastLines(out.String(), 30))
			}
		})
	}
}

func runBaresip(t *testing.T, h *house, codec, encryption, transport string) *bytes.Buffer {
	t.Helper()
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	own := port.Addr().String()
	_ = port.Close()
	dir := t.TempDir()
	voice := filepath.Join(dir, "voice.wav")
	_, sound, _ := strings.Cut(codec, "/")
	var rate, channels int
	if _, err := fmt.Sscanf(sound, "%d/%d", &rate, &channels); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(voice, wavOf(rate, channels), 0o600); err != nil {
		t.Fatal(err)
	}
	config := []string{
		"poll_method epoll", "module_path /usr/lib/baresip/modules", "module g711.so", "module g722.so", "module opus.so", "module aufile.so",
		"module srtp.so", "module_tmp uuid.so", "module_tmp account.so", "module_app menu.so", "audio_source aufile," + voice,
		"sip_listen " + own, "sip_verify_server no", "rtp_ports 18000-18999",
	}
	account := fmt.Sprintf("<sip:test@127.0.0.1;transport=%s>;regint=0;audio_codecs=%s", transport, codec)
	if encryption != "" {
		account += ";mediaenc=" + encryption
	}
	for name, text := range map[string]string{"config": strings.Join(config, "\n") + "\n", "accounts": account + "\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dial := fmt.Sprintf("/dial sip:1@%s;transport=%s", h.placeOf(transport), transport)
	cmd := exec.Command("baresip", "-4", "-f", dir, "-e", dial)
	out := &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatalf("baresip: %v", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("baresip said:\n%s", lastLines(out.String(), 40))
		}
	})
	return out
}

// wavOf is half a minute of a saw tooth.
func wavOf(rate, channels int) []byte {
	size := 30 * rate * channels * 2
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(size+36))
	b = binary.LittleEndian.AppendUint32(append(b, "WAVEfmt "...), 16)
	b = binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(b, 1), uint16(channels))
	b = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, uint32(rate)), uint32(2*rate*channels))
	b = binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(b, uint16(2*channels)), 16)
	b = binary.LittleEndian.AppendUint32(append(b, "data"...), uint32(size))
	for n := range size / 2 {
		b = binary.LittleEndian.AppendUint16(b, uint16(n%200*50))
	}
	return b
}
