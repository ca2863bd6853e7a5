package sip

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	sipgo "github.com/emiago/sipgo/sip"
)

// packages are the event packages that devices may subscribe to.
const packages = summaryEvent + ", " + dialogEvent

// news is what a NOTIFY carries.
type news struct{ event, state, kind, text string }

// telling is a NOTIFY (RFC 6665 §4.2.2).
func (s *Server) telling(d *dialog, callID string, cseq uint32, t news) *sipgo.Request {
	req := d.request(s, callID, "NOTIFY", cseq)
	req.AppendHeader(sipgo.NewHeader("Event", t.event))
	req.AppendHeader(sipgo.NewHeader("Subscription-State", t.state))
	setBody(req, t.kind, t.text)
	return req
}

// notify tells a subscriber what its topic shows now, one NOTIFY at a time, so that an older one is never read last.
func (s *Server) notify(sub *subscription) {
	s.watches.mu.Lock()
	if sub.busy {
		sub.stale = true
		s.watches.mu.Unlock()
		return
	}
	sub.busy, sub.stale = true, false
	sub.cseq++
	cseq, shown, left := sub.cseq, s.watches.shown[sub.topic], time.Until(sub.expires)
	s.watches.mu.Unlock()
	if shown == nil && sub.topic.device != "" {
		shown = Lamp{} // nothing is known of its messages yet
	}
	t := news{event: sub.event, state: fmt.Sprintf("active;expires=%d", int(left.Round(time.Second)/time.Second))}
	switch {
	case shown == nil:
		t.state = "terminated;reason=noresource"
	case left <= 0:
		t.state = "terminated;reason=timeout"
	}
	if shown == nil || left <= 0 {
		s.watches.drop(sub)
	}
	if shown != nil {
		t.kind, t.text = shown.body(sub.entity, cseq-1)
	}
	req := s.telling(sub.dialog, sub.callID, cseq, t)
	s.transact(s.life, req, sub.dialog.next(), func(res *sipgo.Response) {
		if res.StatusCode >= 200 {
			s.notified(sub, res.StatusCode >= 300)
		}
	}, func(int) { s.notified(sub, true) })
}

// notified ends a subscription whose NOTIFY was refused or got no answer (RFC 6665 §4.2.2), or tells what has changed meanwhile.
func (s *Server) notified(sub *subscription, refused bool) {
	s.watches.mu.Lock()
	sub.busy = false
	again := sub.stale && !refused
	s.watches.mu.Unlock()
	if refused {
		s.watches.drop(sub)
	}
	if again {
		s.notify(sub)
	}
}

// subscribed serves a SUBSCRIBE, a new one or a refresh (RFC 6665 §4.2.1).
func (s *Server) subscribed(req *sipgo.Request, tx *incomingTx) {
	event := req.GetHeader("event")
	if event == nil || eventOf(event.Value()) != summaryEvent && eventOf(event.Value()) != dialogEvent {
		s.refuse(req, tx, 489, sipgo.NewHeader("Allow-Events", packages))
		return
	}
	from := req.From().Address
	device, ok := s.authenticate(req, tx, from.User, from.Host)
	if !ok {
		return
	}
	wanted := mostExpires
	if req.GetHeader("expires") != nil {
		wanted = min(expiresOf(req), mostExpires)
	}
	if wanted > 0 && wanted < leastExpires {
		s.refuse(req, tx, 423, sipgo.NewHeader("Min-Expires", strconv.Itoa(leastExpires)))
		return
	}
	until := time.Now().Add(time.Duration(wanted) * time.Second)
	ours := tagOf(req.To().Params)
	if ours == "" {
		ours = s.tokens.tag()
		sub := s.subscriptionOf(req, device, ours, until)
		if sub == nil {
			s.refuse(req, tx, 404)
			return
		}
		s.watches.put(sub)
	}
	sub := s.watches.refresh(device.ID, req.CallID().Value(), ours, tagOf(req.From().Params), until)
	if sub == nil {
		s.refuse(req, tx, 481)
		return
	}
	res := s.response(req, 200, ours)
	res.AppendHeader(s.contact("", s.hopOf(req)))
	res.AppendHeader(sipgo.NewHeader("Expires", strconv.Itoa(wanted)))
	s.reply(tx, res)
	s.notify(sub)
}

// subscriptionOf is the subscription that a request asks for; nil when there is nothing of that name for this device.
func (s *Server) subscriptionOf(req *sipgo.Request, device Device, tag string, until time.Time) *subscription {
	event := req.GetHeader("event").Value()
	about, entity := lampOf(device.ID), req.From().Address
	if eventOf(event) == dialogEvent {
		var known bool
		if about, known = s.lightFor(device, req.Recipient.User); !known {
			return nil
		}
		entity = req.To().Address
		entity.User = req.Recipient.User
	}
	return &subscription{
		device: device.ID, topic: about,
		callID: req.CallID().Value(), tag: tag, remote: tagOf(req.From().Params), event: clip(event, 200), expires: until,
		entity: (&sipgo.Uri{Scheme: "sip", User: entity.User, Host: entity.Host}).String(),
		dialog: calledDialog(req, tag, s.hopOf(req)),
	}
}

// eventOf is the name of an event package, without its parameters.
func eventOf(value string) string {
	name, _, _ := strings.Cut(value, ";")
	return strings.ToLower(strings.TrimSpace(name))
}
