package rtc

import (
	"slices"

	"parley/internal/ice"
	"parley/internal/id"
)

// Renew answers another offer on a leg that stands, so that ICE starts anew (RFC 8445 §9) where a network has changed
// under the page: the DTLS connection, the sound and the call go on, and Connected is told once the browser is reached
// again. Media, codec and certificate must be those of the leg's first offer. Errors: ErrNoLeg, ErrBadOffer, ErrNoCodec.
func (s *Server) Renew(name id.Leg, offerSDP string) (answerSDP string, err error) {
	l := s.find(name)
	if l == nil || l.voice() == nil {
		return "", ErrNoLeg
	}
	o, err := readOffer(offerSDP)
	if err != nil {
		return "", err
	}
	return l.renew(o)
}

func (l *leg) renew(o offer) (answer string, err error) {
	l.talks.Lock()
	defer l.talks.Unlock()
	k, last := l.way(), l.talk.offered
	if k == nil || l.ending() {
		return "", ErrNoLeg
	}
	if why := last.differs(o); why != "" {
		return "", badOffer("%s is not that of the connection", why)
	}
	if last.ufrag == o.ufrag && last.password == o.password {
		return "", badOffer("it does not restart ICE")
	}
	loss, mine := l.meter.loss(), ice.NewCredentials()
	chosen := l.server.config.Prefers.choose(o, loss)
	if answer, err = l.answer(o, chosen, mine); err != nil {
		return "", err
	}
	k.restart(mine, chosen.terms(o, loss))
	l.meter.codec(chosen.codec)
	l.log.Info("browser restarts ICE", "codec", chosen.codec.String())
	return answer, nil
}

func (l *leg) ending() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closing
}

// differs names what a renewed offer may not change and does; "" when it changes nothing but ICE and the order of codecs.
func (o offer) differs(next offer) string {
	switch {
	case next.fingerprint != o.fingerprint:
		return "the certificate"
	case next.mid != o.mid:
		return "the media section"
	case next.sends != o.sends || next.receives != o.receives:
		return "the direction"
	case !within(next.codecs, o.codecs) || !within(next.events, o.events):
		return "a codec"
	}
	return ""
}

func within(some, all []format) bool {
	return !slices.ContainsFunc(some, func(f format) bool { return !slices.Contains(all, f) })
}
