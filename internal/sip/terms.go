package sip

import (
	"sync"
	"time"

	"parley/internal/codec"
	"parley/internal/media"
)

// carried are the codecs of this build: without libopus there is no Opus.
var carried = sync.OnceValue(func() Codecs {
	var all Codecs
	for one := range usualOrder.All() {
		if one.Available() {
			all.add(one)
		}
	}
	return all
})

// terms puts what was agreed into the words of the sound.
func terms(a agreement) media.Terms {
	return media.Terms{
		Remote: a.Remote, Control: a.Control, Codec: codecNamed(a.Codec), PayloadType: a.PayloadType, ReceiveType: a.ReceiveType,
		EventType: a.EventType, EventHeard: a.EventHeard, EventClock: a.EventClock,
		InBand: a.InBand, KeysAside: a.KeysAside, Mux: a.Mux, Crypto: a.Crypto, Send: a.Send, Receive: a.Receive,
		Ptime:  time.Duration(a.Ptime) * time.Millisecond,
		Coding: coding(a.Encoding),
	}
}

// coding is how we write Opus for what the far side wishes to hear, and no dearer than we would without.
func coding(wishes codec.FormatParameters) media.Coding {
	return media.Coding{
		Bitrate: min(wishes.Bitrate, codec.UsualBitrate), Playback: wishes.PlaybackRate,
		FEC: wishes.FEC, DTX: wishes.DTX, Constant: wishes.Constant,
	}
}
