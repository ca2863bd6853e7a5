package callcontrol

import (
	"fmt"
	"log/slog"
	"net/netip"
	"sync"

	"parley/internal/call"
	"parley/internal/codec"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/sip"
	"parley/internal/tel"
)

// Casts are the legs of pages to multicast groups (BX-28): sound alone, one at a time to each group.
type Casts struct {
	Engine *media.Engine
	Log    *slog.Logger
	// Happened hears what comes of a leg, as of those of SIP.
	Happened func(leg id.Leg, what sip.Progress)

	mu  sync.Mutex // guards the map
	all map[id.Leg]cast
}

// cast is one leg and where it sends.
type cast struct {
	group netip.AddrPort
	media *media.Leg
}

// castCodecs are those that telephones take from a group, by their names in settings.
var castCodecs = map[string]media.Codec{"PCMU": codec.PCMU, "PCMA": codec.PCMA, "G722": codec.G722}

// Open begins to send to a group, unless somebody speaks to it already.
func (k *Casts) Open(a call.SendMulticast) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, other := range k.all {
		if other.group == a.Group {
			busy := fmt.Sprintf("somebody speaks to the telephones of %s now: try again in a minute", a.Name)
			k.Happened(a.Leg, sip.Ended{Cause: tel.CauseBusy, Reason: busy})
			return
		}
	}
	leg, err := k.Engine.OpenCast(a.Leg, media.Cast{Group: a.Group, TTL: a.TTL, Codec: castCodecs[a.Codec]}, func(e media.Event) {
		if _, played := e.(media.PlayEnded); played { // what else is told of sound is about what a far side sends
			k.Happened(a.Leg, sip.Sound{Event: e})
		}
	})
	if err != nil {
		k.Log.Error("a page is not sent to a multicast group", "group", a.Group, "leg", a.Leg, "err", err)
		k.Happened(a.Leg, sip.Ended{Cause: tel.CauseTemporaryFailure, Reason: "the system could not speak to the telephones of " + a.Name})
		return
	}
	if k.all == nil {
		k.all = map[id.Leg]cast{}
	}
	k.all[a.Leg] = cast{group: a.Group, media: leg}
	k.Happened(a.Leg, sip.Answered{})
}

// Close ends the sending of a leg. False: it is none of these.
func (k *Casts) Close(leg id.Leg, cause tel.Cause) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	one, is := k.all[leg]
	if !is {
		return false
	}
	one.media.Close()
	delete(k.all, leg)
	k.Happened(leg, sip.Ended{Cause: cause})
	return true
}
