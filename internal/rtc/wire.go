package rtc

import (
	"fmt"

	"parley/internal/ice"
	"parley/internal/media"
)

// talk is what offers and answers have said on a leg so far.
type talk struct {
	offered offer  // the last offer
	version uint64 // of the answer (RFC 8866 §5.2)
}

// open makes the link and its sound, and gives the answer.
func (l *leg) open(o offer) (answer string, err error) {
	l.talks.Lock()
	defer l.talks.Unlock()
	s, k := l.server, newLink(l.server.port, l.post)
	sound, err := s.config.Media.OpenPipe(l.name, k.send, l.hear)
	if err != nil {
		return "", fmt.Errorf("open the sound of leg %s: %w", l.name, err)
	}
	l.mu.Lock()
	l.sound = sound
	l.mu.Unlock()
	chosen, mine := s.config.Prefers.choose(o, 0), ice.NewCredentials()
	l.meter.codec(chosen.codec)
	if answer, err = l.answer(o, chosen, mine); err != nil {
		return "", err
	}
	if err := k.open(s, mine, o, sound, chosen.terms(o, 0)); err != nil {
		return "", err
	}
	l.mu.Lock()
	l.link = k
	l.mu.Unlock()
	return answer, nil
}

// hear takes what the sound tells.
func (l *leg) hear(e media.Event) {
	if sampled, ok := e.(media.Sampled); ok {
		l.meter.sampled(sampled.There)
	}
	l.post(heard{e})
}

// answer writes the answer to an offer. The caller holds l.talks.
func (l *leg) answer(o offer, chosen choice, mine ice.Credentials) (string, error) {
	s := l.server
	at := candidates(s.port.bound, s.config.Public, s.config.Addresses)
	if len(at) == 0 {
		return "", fmt.Errorf("no address to name to a browser")
	}
	l.talk.offered = o
	l.talk.version++
	return reply{
		offer: o, choice: chosen, credentials: mine, fingerprint: s.identity.fingerprint, version: l.talk.version,
		source: l.sound.Source(), name: l.sound.CName(), at: at, port: s.port.bound.Port(),
	}.String(), nil
}
