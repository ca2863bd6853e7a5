package app

import (
	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/treatment"
)

// ownMusic plays an organisation's own music where hold audio is asked for without a name.
type ownMusic struct {
	callcontrol.Sound
	hold func(which id.Call) string // empty: what comes in the box
}

// Arrange says who hears what in a call.
func (o ownMusic) Arrange(which id.Call, hearings []call.Hearing) {
	own := make([]call.Hearing, len(hearings))
	for i, h := range hearings { // those of the call itself stay as they are
		if h.Hold == treatment.DefaultAudio {
			h.Hold = o.named(which)
		}
		own[i] = h
	}
	o.Sound.Arrange(which, own)
}

func (o ownMusic) named(which id.Call) string {
	if own := o.hold(which); own != "" {
		return own
	}
	return treatment.DefaultAudio
}

// holdAudio is the file that an organisation chose for its callers: the one that its settings name, else the one that is
// marked as default hold music (AU-1).
func (a *App) holdAudio(which id.Call) string {
	org, ok := a.exchange.OrgOf(which)
	if !ok {
		return ""
	}
	s, ok := a.sites.Of(org)
	if !ok {
		return ""
	}
	if s.Records.Org.HoldAudio != "" {
		return s.Records.Org.HoldAudio
	}
	for file, audio := range s.Records.Audio {
		if audio.DefaultHold {
			return file
		}
	}
	return ""
}
