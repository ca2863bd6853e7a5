package sip

import (
	"encoding/xml"
	"fmt"
	"strings"

	"parley/internal/id"
)

// dialogEvent is the event package of busy lamps, dialogType the type of what tells of them (RFC 4235 §3, §4).
const (
	dialogEvent = "dialog"
	dialogType  = "application/dialog-info+xml"
)

// Light is the name of a busy lamp: what a phone subscribes to. Only devices of the organisation may.
type Light struct {
	Org   id.Org
	Agent id.Agent // whose own it is; empty: it is the same for everybody
	Name  string   // the user part that phones subscribe to, such as an extension
}

// Glow is what a busy lamp shows: the state of a dialog (RFC 4235 §3.7.1).
type Glow string

// The states. Phones blink at Early, shine at Confirmed and are dark at Terminated.
const (
	Terminated Glow = "terminated"
	Early      Glow = "early"
	Confirmed  Glow = "confirmed"
)

// body is the whole state as RFC 4235 §4.1 has it. Nothing is said of who is at the other end: that is for who is in the call.
func (g Glow) body(entity string, version uint32) (kind, text string) {
	var name strings.Builder
	_ = xml.EscapeText(&name, []byte(entity))
	direction := ""
	if g == Early {
		direction = ` direction="recipient"`
	}
	return dialogType, fmt.Sprintf("<?xml version=\"1.0\"?>\r\n<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"%d\""+
		" state=\"full\" entity=\"%s\">\r\n<dialog id=\"1\"%s><state>%s</state></dialog>\r\n</dialog-info>\r\n", version, name.String(), direction, g)
}

// SetLight has a light show something. Phones that have subscribed to it are told so.
func (s *Server) SetLight(light Light, glow Glow) { s.shine(light, glow) }

// SetLights gives an organisation all its lights; subscriptions to others end, and phones that ask for one are told that there is none.
func (s *Server) SetLights(org id.Org, all map[Light]Glow) {
	for _, known := range s.watches.lights(org) {
		if _, still := all[known]; !still {
			s.shine(known, nil)
		}
	}
	for light, glow := range all {
		s.shine(light, glow)
	}
}

func (s *Server) shine(light Light, now content) {
	_, subs := s.watches.set(topic{light: light}, now)
	for _, sub := range subs {
		s.notify(sub)
	}
}

// lightFor finds the light that a device means by a name: its agent's own goes before everybody's.
func (s *Server) lightFor(device Device, name string) (topic, bool) {
	for _, whose := range []id.Agent{device.Agent, ""} {
		t := topic{light: Light{Org: device.Org, Agent: whose, Name: name}}
		if shown, _ := s.watches.of(t); shown != nil {
			return t, true
		}
	}
	return topic{}, false
}

// lights lists those of an organisation.
func (w *watches) lights(org id.Org) (all []Light) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for t := range w.shown {
		if t.device == "" && t.light.Org == org {
			all = append(all, t.light)
		}
	}
	return all
}
