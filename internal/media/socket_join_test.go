//go:build linux && !portable

package media

import "testing"

func TestJoinedSocketHearsItsPeerAlone(t *testing.T) {
	var three [3]socket
	for i := range three { // on ports that were asked for, like those of legs: any other is lost with the peer
		s, err := openSocket(loopbackAt(uint16(24100 + i)))
		if err != nil {
			t.Fatal(err)
		}
		defer s.close()
		three[i] = s
	}
	ours, theirs, strange := three[0], three[1], three[2]
	peer, back := peerOf(addressOf(t, theirs), loopback), peerOf(addressOf(t, ours), loopback)
	hears := func(want string) {
		t.Helper()
		buffer := make([]byte, 10)
		eventually(t, want+" is heard", func() bool {
			n, _, ok := ours.receive(buffer)
			return ok && string(buffer[:n]) == want
		})
	}
	ours.join(&peer)
	if !peer.joined || !ours.send([]byte("out"), &peer) || !strange.send([]byte("strange"), &back) || !theirs.send([]byte("known"), &back) {
		t.Fatal("not joined, or not sent")
	}
	hears("known")
	ours.leave(&peer)
	if peer.joined || !strange.send([]byte("again"), &back) {
		t.Fatal("not left, or not sent")
	}
	hears("again")
}
