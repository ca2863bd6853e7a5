package lab

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pion/rtp"

	"parley/internal/api"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/media"
)

// byHand is a caller by hand, who says a tone.
type byHand struct {
	*raw
	dialog  []string // header lines of every later request
	sound   *net.UDPConn
	to      netip.AddrPort
	stop    chan struct{}
	through chan *net.UDPConn // what the tone goes out through from now on; nil for nothing
	lossy   bool              // every tenth of the packets is lost
}

func callByHand(t *testing.T, w *World, number, from string, lossy bool) *byHand {
	t.Helper()
	k := &byHand{
		raw: stranger(t, w, "127.0.0.1"), sound: soundSocket(t), stop: make(chan struct{}), through: make(chan *net.UDPConn), lossy: lossy,
	}
	t.Cleanup(func() { close(k.stop) })
	sdp := k.description(1)
	text, callID := k.request("INVITE", number, from, "Content-Type: application/sdp", fmt.Sprintf("Content-Length: %d", len(sdp)))
	k.send(text + sdp)
	answer := k.reply(callID, Patience)
	if code(answer) != 200 {
		t.Fatalf("the answer is %q", answer)
	}
	port := regexp.MustCompile(`m=audio (\d+)`).FindStringSubmatch(answer)
	to := regexp.MustCompile(`(?m)^To: .*$`).FindString(answer)
	if port == nil || to == "" {
		t.Fatalf("the answer is %q", answer)
	}
	k.to = netip.MustParseAddrPort("127.0.0.1:" + port[1])
	k.dialog = []string{
		"From: <sip:" + from + "@127.0.0.1>;tag=1", strings.TrimSpace(to), "Call-ID: " + callID, "Max-Forwards: 70", "Content-Length: 0",
	}
	k.within("ACK", number, 1)
	go k.speak()
	return k
}

func soundSocket(t *testing.T) *net.UDPConn {
	t.Helper()
	sound, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sound.Close() })
	return sound
}

// description is what the caller offers and answers, in its nth version.
func (k *byHand) description(n int) string {
	return strings.Join([]string{
		"v=0", fmt.Sprintf("o=- 1 %d IN IP4 127.0.0.1", n), "s=-", "c=IN IP4 127.0.0.1", "t=0 0",
		fmt.Sprintf("m=audio %d RTP/AVP 0", k.sound.LocalAddr().(*net.UDPAddr).Port), "a=ptime:20", "",
	}, "\r\n")
}

// within sends a request inside the dialog.
func (k *byHand) within(method, user string, sequence int) {
	at := k.conn.LocalAddr().String()
	lines := append([]string{
		fmt.Sprintf("%s sip:%s@127.0.0.1 SIP/2.0", method, user),
		fmt.Sprintf("Via: SIP/2.0/UDP %s;branch=z9hG4bK%s%d;rport", at, method, k.n),
		fmt.Sprintf("CSeq: %d %s", sequence, method),
	}, k.dialog...)
	k.send(strings.Join(lines, "\r\n") + "\r\n\r\n")
}

func (k *byHand) speak() {
	pcm := make([]int16, packetSamples)
	sound := k.sound
	pace(k.stop, func(n int) bool {
		select {
		case sound = <-k.through:
		default:
		}
		if sound == nil || k.lossy && n%10 == 9 {
			return true // lost on its way
		}
		for i := range pcm {
			pcm[i] = Sine(callerVoice, n*packetSamples+i)
		}
		p := rtp.Packet{
			Header:  rtp.Header{Version: 2, SequenceNumber: uint16(n), Timestamp: uint32(n * packetSamples), SSRC: 77},
			Payload: media.Compress(media.PCMU, nil, pcm),
		}
		if packet, err := p.Marshal(); err == nil {
			_, _ = sound.WriteToUDPAddrPort(packet, k.to) // as on any network
		}
		return true
	})
}

// TestLostPackets loses a tenth of a caller's packets: the agent is told within 20 s why the sound is poor and on whose
// side, and the samples are in the call's record.
func TestLostPackets(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	a := atWork(t, w, w.Person("agent", 0), agentVoice)
	k := callByHand(t, w, sales, "+32470111222", true)
	ring := a.rung()
	a.answer(ring)
	a.line("active")
	var seen live.Line
	Within(t, 20*time.Second, "the banner is shown", func() bool {
		for _, l := range a.Picture().Me.Lines {
			seen = l
		}
		return seen.Quality != nil
	})
	q := seen.Quality
	if !q.Bad || q.Side != "them" || q.Heard != "you" || len(q.Causes) == 0 || q.Causes[0] != "loss" || q.Party == "" {
		t.Errorf("the banner says %+v", q)
	}
	if seen.OneWay != nil {
		t.Errorf("nobody is deaf, yet the line says %+v", seen.OneWay)
	}
	k.within("BYE", sales, 2)
	theSamples(t, a, ring.Call)
	if metrics := watched(t, w); !regexp.MustCompile(`(?m)^parley_sound_loss_percent_count [1-9]`).MatchString(metrics) {
		t.Error("the metrics know of no sample")
	}
}

func theSamples(t *testing.T, a *agent, which id.Call) {
	t.Helper()
	d := a.Record(which)
	var customer, mine *api.CallLeg
	for i := range d.Legs {
		if l := &d.Legs[i]; l.Kind == "customer" {
			customer = l
		} else {
			mine = l
		}
	}
	if customer == nil || customer.From == nil || mine == nil || mine.From == nil || mine.To == nil {
		t.Fatalf("legs %+v", d.Legs)
	}
	// What comes too late counts as lost too, and on a busy machine that is some.
	if f := customer.From; f.Samples < 3 || f.MeanLoss < 8 || f.MeanLoss > 20 || f.WorstMOS > 4 || len(f.Chart.At) != f.Samples {
		t.Errorf("from the customer %+v", f)
	}
	if f := mine.From; f.MeanLoss > 5 {
		t.Errorf("from the agent, who lost nothing, %+v", f)
	}
	if f := mine.To; f.MeanLoss > 5 {
		t.Errorf("to the agent, where only what never came is missing, %+v", f)
	}
	if !strings.Contains(customer.Path, "PCMU") {
		t.Errorf("the path of the sound is %q", customer.Path)
	}
	for _, e := range d.Timeline {
		if e.Kind == "sound-judged" && e.Params["text"] == "loss" {
			return
		}
	}
	t.Errorf("the timeline does not tell of it: %+v", d.Timeline)
}

// watched is what the program tells an operator.
func watched(t *testing.T, w *World) string {
	t.Helper()
	res, err := http.Get(w.HTTP + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
