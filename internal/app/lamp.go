package app

import (
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/sip"
)

// glows are how lamps look on a phone.
var glows = map[live.LampState]sip.Glow{live.LampDark: sip.Terminated, live.LampBlink: sip.Early, live.LampOn: sip.Confirmed}

// showLamps shows an organisation's picture on the keys of desk phones, until the program ends.
func (a *App) showLamps(org id.Org) {
	feed := a.hub.Subscribe(live.Viewer{Org: org, Lamps: true})
	defer feed.Close()
	for {
		m, err := feed.Next(a.ctx)
		if err != nil {
			return
		}
		switch data := m.Data.(type) {
		case live.Snapshot:
			all := map[sip.Light]sip.Glow{}
			for _, lamp := range data.Lamps {
				all[lightOf(org, lamp)] = glows[lamp.State]
			}
			a.sip.SetLights(org, all)
		case live.Lamp:
			a.sip.SetLight(lightOf(org, data), glows[data.State])
		}
	}
}

func lightOf(org id.Org, lamp live.Lamp) sip.Light {
	return sip.Light{Org: org, Agent: lamp.Agent, Name: lamp.Name}
}
