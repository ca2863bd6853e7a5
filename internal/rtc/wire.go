package rtc

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/pion/webrtc/v4"

	"parley/internal/media"
)

// gatherTimeout bounds the wait for candidates; they are known, so it takes no time at all.
const gatherTimeout = 5 * time.Second

// misreadLimit is how many reads may fail one after the other before a stream counts as broken.
const misreadLimit = 100

// open makes the connection and its sound, and gives the answer.
func (l *leg) open(o offer) (answer string, err error) {
	connection, err := connection(l.server.settings, o)
	if err != nil {
		return "", fmt.Errorf("make a connection: %w", err)
	}
	chosen := l.server.config.Prefers.choose(o, 0)
	l.track = &track{codec: chosen.parameters()}
	l.mu.Lock()
	l.connection, l.offered = connection, o
	l.mu.Unlock()
	connection.OnConnectionStateChange(func(webrtc.PeerConnectionState) { l.look() })
	connection.OnTrack(func(t *webrtc.TrackRemote, r *webrtc.RTPReceiver) { l.hear(t, r) })

	answer, err = l.negotiate(o, chosen)
	if err != nil {
		return "", err
	}
	if err := l.openSound(o, chosen); err != nil {
		return "", err
	}
	return answer, nil
}

func (l *leg) negotiate(o offer, chosen choice) (answer string, err error) {
	if err := l.take(o); err != nil {
		return "", err
	}
	if o.receives {
		if err := l.addTrack(); err != nil {
			return "", err
		}
	}
	return l.reply(chosen)
}

// take hands pion an offer.
func (l *leg) take(o offer) error {
	if err := l.connection.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: o.text()}); err != nil {
		return badOffer("%v", err)
	}
	return nil
}

// reply makes the answer to the offer that was taken, and uses it.
func (l *leg) reply(chosen choice) (answer string, err error) {
	c := l.connection
	description, err := c.CreateAnswer(nil)
	if err != nil {
		return "", fmt.Errorf("make an answer: %w", err)
	}
	gathered := webrtc.GatheringCompletePromise(c)
	if err := c.SetLocalDescription(description); err != nil {
		return "", fmt.Errorf("use the answer: %w", err)
	}
	select {
	case <-gathered:
	case <-time.After(gatherTimeout):
		return "", errors.New("no candidates were gathered")
	}
	s := l.server
	return finish(c.LocalDescription().SDP, chosen, candidates(s.bound, s.config.Public, s.config.Addresses), s.bound.Port())
}

func (l *leg) addTrack() error {
	sender, err := l.connection.AddTrack(l.track)
	if err != nil {
		return fmt.Errorf("add our sound: %w", err)
	}
	l.mu.Lock()
	l.sender = sender
	l.mu.Unlock()
	l.loop(func() { l.readReports(sender) })
	return nil
}

func (l *leg) openSound(o offer, chosen choice) error {
	sound, err := l.server.config.Media.OpenPipe(l.name, l.speak, func(e media.Event) { l.post(heard{e}) })
	if err != nil {
		return fmt.Errorf("open the sound of leg %s: %w", l.name, err)
	}
	sound.Agree(chosen.terms(o, 0))
	l.meter.codec(chosen.codec)
	l.mu.Lock()
	l.sound = sound
	l.mu.Unlock()
	return nil
}

// look tells the machine where the connection stands. pion calls back without order, so only the present state counts.
func (l *leg) look() {
	switch l.connection.ConnectionState() {
	case webrtc.PeerConnectionStateConnected:
		l.post(reached{})
	case webrtc.PeerConnectionStateDisconnected:
		l.post(missed{})
	case webrtc.PeerConnectionStateFailed:
		l.post(broken{})
	case webrtc.PeerConnectionStateClosed:
		l.post(left{})
	default: // still on its way
	}
}

// loop runs f until the leg is closed, and does nothing when it is closed already.
func (l *leg) loop(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closing {
		return
	}
	l.loops.Go(f)
}

// speak sends one packet of media. It takes no longer than a write to the socket.
func (l *leg) speak(packet []byte) {
	switch sent, err := l.track.write(packet); {
	case err != nil:
		l.meter.unsent()
	case sent:
		l.meter.sent()
	}
}

// hear reads the browser's first track: audio and telephone-event, which share the SSRC.
func (l *leg) hear(t *webrtc.TrackRemote, r *webrtc.RTPReceiver) {
	l.mu.Lock()
	again := l.heard
	l.heard = true
	sound := l.sound
	l.mu.Unlock()
	if again || sound == nil {
		return
	}
	l.loop(func() { l.receive(t, sound) })
	// Reading is what lets the browser's sender reports reach the interceptor, which answers them.
	l.loop(func() {
		buffer := make([]byte, 1500)
		persist(func() error { _, _, err := r.Read(buffer); return err })
	})
}

func (l *leg) receive(t *webrtc.TrackRemote, sound *media.Leg) {
	buffer := make([]byte, 1500)
	persist(func() error {
		n, _, err := t.Read(buffer)
		if n == 0 {
			return err
		}
		if err == nil { // else a payload type that was not agreed
			l.meter.received()
			sound.Receive(buffer[:n])
		}
		return nil
	})
}

// persist reads until the stream is over. A malformed packet does not end it.
func persist(read func() error) {
	for failed := 0; failed < misreadLimit; {
		err := read()
		switch {
		case err == nil:
			failed = 0
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrClosedPipe):
			return
		default:
			failed++
		}
	}
}
