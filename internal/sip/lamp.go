package sip

import (
	"fmt"
	"time"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/id"
)

// summaryEvent is the event package of message counts, summaryType the type of what tells of them (RFC 3842 §3).
const (
	summaryEvent = "message-summary"
	summaryType  = "application/simple-message-summary"
)

// Lamp is what the message lamp of a device shows: how many messages nobody has heard, and how many somebody has.
type Lamp struct{ New, Old int }

// body is the summary as RFC 3842 §5.2 has it.
func (l Lamp) body(account string, _ uint32) (kind, text string) {
	waiting := "no"
	if l.New > 0 {
		waiting = "yes"
	}
	return summaryType, fmt.Sprintf("Messages-Waiting: %s\r\nMessage-Account: %s\r\nVoice-Message: %d/%d (0/0)\r\n", waiting, account, l.New, l.Old)
}

func lampOf(device id.Device) topic { return topic{device: device} }

// SetLamp has the message lamp of a device show how many messages there are. Phones that have subscribed are told so, the others that
// are registered without having asked.
func (s *Server) SetLamp(device id.Device, lamp Lamp) {
	changed, subs := s.watches.set(lampOf(device), lamp)
	if !changed {
		return
	}
	for _, sub := range subs {
		s.notify(sub)
	}
	if len(subs) == 0 {
		for _, b := range s.registrar.contacts(device, time.Now()) {
			s.tellUnasked(b, lamp)
		}
	}
}

// lampAfterRegister tells a phone that has just registered, unless it subscribes by itself.
func (s *Server) lampAfterRegister(came []binding) {
	for _, b := range came {
		shown, subs := s.watches.of(lampOf(b.Device))
		if shown != nil && len(subs) == 0 && b.fresh {
			s.tellUnasked(b, shown)
		}
	}
}

// tellUnasked sends a NOTIFY outside any subscription; a phone that does not want it refuses it.
func (s *Server) tellUnasked(b binding, lamp content) {
	d := &dialog{target: b.uri, hop: b.hop, behind: true}
	account := sipgo.Uri{Scheme: "sip", User: b.uri.User, Host: s.hostFor(b.hop.Addr.Addr())}
	d.from = sipgo.FromHeader{Address: account, Params: sipgo.HeaderParams{{K: "tag", V: s.tokens.tag()}}}
	d.to = sipgo.ToHeader{Address: b.uri}
	kind, text := lamp.body(account.String(), 0)
	callID := s.tokens.tag() + "@" + account.Host
	req := s.telling(d, callID, 1, news{event: summaryEvent, state: "terminated;reason=noresource", kind: kind, text: text})
	s.transact(s.life, req, d.next(), func(*sipgo.Response) {}, func(int) {})
}
