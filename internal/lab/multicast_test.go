package lab

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"github.com/pion/rtp"

	"parley/internal/callcontrol"
	"parley/internal/codec"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/settings"
	"parley/internal/store"
	"parley/internal/tone"
)

// yard is the multicast address of these tests; loudspeakers listen to it.
const yard = "239.255.72.1"

// loudspeaker is a telephone that has joined a multicast group on the loopback network, and keeps what it gets.
type loudspeaker struct {
	port int

	mu  sync.Mutex // guards what follows
	got []rtp.Packet
}

func listenTo(t *testing.T, group string) *loudspeaker {
	t.Helper()
	loop, err := net.InterfaceByName("lo")
	if err != nil {
		t.Fatal(err)
	}
	s := &loudspeaker{}
	var conn *net.UDPConn
	for odd := true; odd; odd = s.port%2 != 0 { // RTP takes an even port
		if conn != nil {
			_ = conn.Close()
		}
		if conn, err = net.ListenMulticastUDP("udp4", loop, &net.UDPAddr{IP: net.ParseIP(group)}); err != nil {
			t.Fatal(err)
		}
		s.port = int(netip.MustParseAddrPort(conn.LocalAddr().String()).Port())
	}
	var gone sync.WaitGroup
	gone.Go(func() { s.listen(t, conn) })
	t.Cleanup(func() {
		_ = conn.Close()
		gone.Wait()
	})
	return s
}

func (s *loudspeaker) listen(t *testing.T, conn *net.UDPConn) {
	b := make([]byte, 2000)
	for {
		n, err := conn.Read(b)
		if err != nil {
			return
		}
		var p rtp.Packet
		if err := p.Unmarshal(b[:n]); err != nil {
			t.Errorf("the loudspeaker gets %d bytes that are no RTP: %v", n, err)
			continue
		}
		p.Payload = append([]byte(nil), p.Payload...)
		s.mu.Lock()
		s.got = append(s.got, p)
		s.mu.Unlock()
	}
}

// packets is what has come from place at on.
func (s *loudspeaker) packets(at int) []rtp.Packet {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]rtp.Packet(nil), s.got[at:]...)
}

// hears waits until a voice and nothing else is to be heard in what comes from place at on.
func (s *loudspeaker) hears(t *testing.T, at int, voice float64) {
	t.Helper()
	Eventually(t, "the loudspeaker plays the voice", func() bool {
		pcm := plays(t, s.packets(at))
		return OnlyTone(pcm[max(0, len(pcm)-media.SampleRate/3):], voice, beep())
	})
}

// beep is the pitch of the tone before a page, in hertz.
func beep() float64 {
	hertz, _ := media.Ear{}.Dominant(tone.Of(tone.VoicemailBeep, tone.Default).Sound(media.SampleRate))
	return hertz
}

// plays is the sound of packets of PCMU.
func plays(t *testing.T, packets []rtp.Packet) (pcm []int16) {
	t.Helper()
	decoder, err := codec.NewDecoder(media.PCMU, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range packets {
		pcm = decoder.Decode(pcm, p.Payload)
	}
	return pcm
}

// oneStream looks at the headers of packets that came in a row: one source, nothing left out, 20 ms of PCMU each, and the first one marked.
func oneStream(t *testing.T, got []rtp.Packet) {
	t.Helper()
	first := got[0]
	if !first.Marker || first.PayloadType != 0 {
		t.Errorf("the stream begins with %+v", first.Header)
	}
	for i, p := range got {
		if p.SSRC != first.SSRC || p.PayloadType != 0 || p.SequenceNumber != first.SequenceNumber+uint16(i) || len(p.Payload) != 160 {
			t.Fatalf("packet %d is %+v with %d bytes", i, p.Header, len(p.Payload))
		}
		if i > 0 && int32(p.Timestamp-got[i-1].Timestamp) < 160 { // more between the tone and the voice, or where a busy machine came late
			t.Fatalf("packet %d is %d units after the one before", i, int32(p.Timestamp-got[i-1].Timestamp))
		}
	}
}

// TestPageByMulticast: Sue speaks to telephones that listen to a multicast address, and nobody is rung. They hear a tone and then her, in one stream of
// RTP. Meanwhile the address is busy for a page of another group. The stream ends with her call, and a next one is another stream (BX-28).
func TestPageByMulticast(t *testing.T) {
	t.Parallel()
	speaker := listenTo(t, yard)
	w := Start(t, Setup{Prepare: func(ctx context.Context, db *store.DB) error {
		for name, number := range map[string]string{"Yard": "300", "Yard and hall": "301"} {
			g := settings.New[settings.Paging]()
			g.Name, g.Number, g.Way, g.Address, g.Port = name, number, settings.PagingMulticast, yard, speaker.port
			if _, err := db.Shelves().Paging.Create(ctx, store.Actor{}, g); err != nil {
				return err
			}
		}
		return nil
	}})
	sue, ann := atWork(t, w, w.Person("supervisor", 0), callerVoice), atWork(t, w, w.Person("agent", 0), agentVoice)
	which := sue.dial("300")
	sue.Wait("Sue speaks to the yard", func(p live.Snapshot) bool {
		return len(p.Me.Lines) == 1 && p.Me.Lines[0].State == "active" && p.Me.Lines[0].Page != nil && p.Me.Lines[0].Page.Multicast
	})
	ann.status("available")
	speaker.hears(t, 0, callerVoice)
	packets := speaker.packets(0)
	oneStream(t, packets)
	if first := plays(t, packets[:10]); !OnlyTone(first, beep(), callerVoice) {
		hertz, strength := media.Ear{}.Dominant(first)
		t.Errorf("before Sue the yard hears %.0f Hz, %.2f strong", hertz, strength)
	}
	refused := ann.dial("301")
	if d := ann.Record(refused); d.Disposition != "busy" || !strings.HasPrefix(d.Reason, "somebody speaks to the telephones of Yard and hall now") {
		t.Errorf("a second page to the address: %s, %s", d.Disposition, d.Reason)
	}
	sue.do(which, "hangup")
	if d := sue.Record(which); d.CallType != "page" || d.Disposition != "answered" {
		t.Errorf("the record says %+v", d.CallRow)
	}
	before := len(speaker.packets(0))
	next := sue.dial("300")
	speaker.hears(t, before, callerVoice)
	again := speaker.packets(before)
	oneStream(t, again)
	if again[0].SSRC == packets[0].SSRC {
		t.Errorf("the next page is the same stream, %d", again[0].SSRC)
	}
	sue.do(next, "hangup")
	sue.Record(next)
}

// TestPageByMulticastEndsWithTheProgram: when the program is killed during a page, the stream ends at once; the record says that it was restarted, and
// the address is free for the next page.
func TestPageByMulticastEndsWithTheProgram(t *testing.T) {
	t.Parallel()
	const hall = "239.255.72.2"
	speaker := listenTo(t, hall)
	w := Start(t, Setup{Prepare: func(ctx context.Context, db *store.DB) error {
		g := settings.New[settings.Paging]()
		g.Name, g.Number, g.Way, g.Address, g.Port = "Hall", "300", settings.PagingMulticast, hall, speaker.port
		_, err := db.Shelves().Paging.Create(ctx, store.Actor{}, g)
		return err
	}})
	sue := atWork(t, w, w.Person("supervisor", 0), callerVoice)
	which := sue.dial("300")
	speaker.hears(t, 0, callerVoice)
	w.Kill()
	w.Again()
	ended := len(speaker.packets(0))
	if d := w.SignIn(w.Person("admin", 0)).Record(which); d.Disposition != "answered" || d.Reason != callcontrol.Interrupted {
		t.Errorf("the record of the page says %s, %s", d.Disposition, d.Reason)
	}
	if n := len(speaker.packets(0)); n != ended {
		t.Errorf("%d packets came after the program had ended", n-ended)
	}
	sue = atWork(t, w, w.Person("supervisor", 0), callerVoice)
	again := sue.dial("300")
	speaker.hears(t, ended, callerVoice)
	sue.do(again, "hangup")
	sue.Record(again)
}
