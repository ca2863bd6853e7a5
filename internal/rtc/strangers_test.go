package rtc

import (
	"testing"

	"parley/internal/id"
	"parley/internal/media"
)

// TestStrangers: what comes from elsewhere neither reaches a call nor disturbs it, and is counted.
func TestStrangers(t *testing.T) {
	s := newSite(t, 29410)
	ann, bob := s.call(t, "ann", 700), s.call(t, "bob", 1000)
	room := s.sound.OpenRoom("call")
	defer room.Close()
	room.Arrange([]media.Hearing{{Leg: "ann", From: "bob"}, {Leg: "bob", From: "ann"}})
	eventually(t, "ann hears bob", func() bool { return ann.hears(1000) })
	stranger := outsider(t, s.port.conn.LocalAddr())
	sound, _ := s.Media("ann")
	before, bad, known := s.Strange(), sound.Stats().Bad, s.Stats("ann").Remote
	hello := append([]byte{22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4}, 1, 0, 0, 0)
	alert := []byte{21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 1, 0}
	rtp := append([]byte{0x80, 0}, make([]byte, 170)...)
	junk := [][]byte{
		checkBy(t, "nobody", "x", true), checkBy(t, ann.ufrag(t), "x", true), hello, alert, rtp, []byte("\x80\xC8"), []byte("GET / HTTP/1.1"), {0}, {1, 2},
	}
	for range 20 {
		for _, datagram := range junk {
			if _, err := stranger.Write(datagram); err != nil {
				t.Fatal(err)
			}
		}
	}
	eventually(t, "all of it is counted", func() bool { return s.Strange() >= before+20*uint64(len(junk)) })
	if now := sound.Stats().Bad; now != bad || s.Stats("ann").Remote != known {
		t.Errorf("%d of the stranger's packets reached ann, who is at %v", now-bad, s.Stats("ann").Remote)
	}
	count := s.Stats("ann").Received
	eventually(t, "ann sounds on", func() bool { return s.Stats("ann").Received > count+50 })
	if !ann.hears(1000) || !bob.hears(700) || len(s.of("ann")) == 0 {
		t.Error("the call was disturbed")
	}
}

// ufrag is the name that the browser was told to call.
func (b *browser) ufrag(t *testing.T) string {
	t.Helper()
	return said(t, b.connection.RemoteDescription().SDP, "ice-ufrag")
}

// TestMovesInACall: a browser that is suddenly seen at another address, as behind a NAT that has forgotten it, nominates
// that and the sound goes on; and nothing that anybody else could send ends the call.
func TestMovesInACall(t *testing.T) {
	s := newSite(t, 29420)
	way := newPath(t, s.port.conn.LocalAddr())
	ann, bob, answer := s.callThrough(t, way)
	first := s.Stats("ann").Remote
	for range 3 {
		way.rebind()
		at := s.Stats("ann").Remote
		eventually(t, "something of ann comes by the new way", func() bool {
			way.mu.Lock()
			defer way.mu.Unlock()
			return len(way.inside) > 0
		})
		way.say(t, checkBy(t, ann.ufrag(t), said(t, answer, "ice-pwd"), true))
		eventually(t, "ann is elsewhere", func() bool { return s.Stats("ann").Remote != at })
		count, heard := s.Stats("ann").Received, len(ann.received())
		eventually(t, "sound comes from there", func() bool { return s.Stats("ann").Received > count+30 })
		eventually(t, "and goes there", func() bool { return len(ann.received()) > heard+30 })
	}
	eventually(t, "bob hears ann", func() bool { return bob.hears(700) })
	eventually(t, "ann hears bob", func() bool { return ann.hears(1000) })
	if at := s.Stats("ann").Remote; at == first || s.has("ann", Disconnected{}) {
		t.Errorf("ann is at %v, told %v", at, s.of("ann"))
	}
	way.say(t, []byte{21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40}) // a fatal alert in the clear
	way.say(t, []byte{21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 10, 0, 2, 1, 0}) // that ann leaves
	count := s.Stats("ann").Received
	eventually(t, "sound flows on", func() bool { return s.Stats("ann").Received > count+50 })
}

// TestOneAddressOneBrowser: an address is not taken from a browser that lives, for nothing could tell two apart that share
// one; when it is gone, another may have it.
func TestOneAddressOneBrowser(t *testing.T) {
	s := newSite(t, 29430)
	conn := outsider(t, s.port.conn.LocalAddr())
	var checks [2][]byte
	for i, leg := range []id.Leg{"ann", "bob"} {
		answer, err := s.Connect(leg, chromium(t))
		if err != nil {
			t.Fatal(err)
		}
		checks[i] = checkBy(t, said(t, answer, "ice-ufrag"), said(t, answer, "ice-pwd"), true)
	}
	if ask(t, conn, checks[0]) == nil {
		t.Fatal("ann is not answered")
	}
	if ask(t, conn, checks[1]) != nil {
		t.Error("bob took ann's address")
	}
	s.HangUp("ann")
	s.ends(t, "ann", HungUp)
	eventually(t, "bob has the address", func() bool { return ask(t, conn, checks[1]) != nil })
}
