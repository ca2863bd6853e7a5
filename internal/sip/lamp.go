package sip

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/id"
)

// summaryEvent is the event package of message counts, summaryType the type of what tells of them (RFC 3842 §3).
const (
	summaryEvent = "message-summary"
	summaryType  = "application/simple-message-summary"
)

// maxSubscriptions bounds those of one device; a phone that forgot its old ones must not fill the list.
const maxSubscriptions = 4

// Lamp is what the message lamp of a device shows: how many messages nobody has heard, and how many somebody has.
type Lamp struct{ New, Old int }

// body is the summary as RFC 3842 §5.2 has it.
func (l Lamp) body(account string) string {
	waiting := "no"
	if l.New > 0 {
		waiting = "yes"
	}
	return fmt.Sprintf("Messages-Waiting: %s\r\nMessage-Account: %s\r\nVoice-Message: %d/%d (0/0)\r\n", waiting, account, l.New, l.Old)
}

// lamps keeps what devices show, and who has subscribed to it (RFC 6665).
type lamps struct {
	mu    sync.Mutex // guards what follows, those of the subscriptions too
	shown map[id.Device]Lamp
	subs  map[id.Device][]*subscription
}

func newLamps() *lamps {
	return &lamps{shown: map[id.Device]Lamp{}, subs: map[id.Device][]*subscription{}}
}

// subscription is one dialog of SUBSCRIBE and NOTIFY.
type subscription struct {
	callID  string
	tag     string // ours
	remote  string // their tag
	event   string // as they wrote it, with its id (RFC 6665 §8.2.1)
	account string
	dialog  *dialog
	expires time.Time
	cseq    uint32
	busy    bool // a NOTIFY has no response yet
	stale   bool // something has changed since it left
}

// set notes what a device shows. False: it showed that already.
func (l *lamps) set(device id.Device, now Lamp) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if before, known := l.shown[device]; known && before == now {
		return false
	}
	l.shown[device] = now
	return true
}

func (l *lamps) of(device id.Device) (lamp Lamp, known bool, subs []*subscription) {
	l.mu.Lock()
	defer l.mu.Unlock()
	lamp, known = l.shown[device]
	return lamp, known, slices.Clone(l.subs[device])
}

// put adds a subscription, or gives the one that a refresh is of; nil when there is none of that name.
func (l *lamps) put(device id.Device, sub *subscription) {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := append(l.subs[device], sub)
	l.subs[device] = list[max(0, len(list)-maxSubscriptions):]
}

// refresh finds the subscription of a request inside its dialog, and moves its end.
func (l *lamps) refresh(device id.Device, callID, ours, theirs string, until time.Time) *subscription {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, sub := range l.subs[device] {
		if sub.callID == callID && sub.tag == ours && sub.remote == theirs {
			sub.expires = until
			return sub
		}
	}
	return nil
}

func (l *lamps) drop(device id.Device, gone *subscription) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.subs[device] = slices.DeleteFunc(l.subs[device], func(sub *subscription) bool { return sub == gone })
	if len(l.subs[device]) == 0 {
		delete(l.subs, device)
	}
}

// expire takes away what has run out.
func (l *lamps) expire(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for device, list := range l.subs {
		list = slices.DeleteFunc(list, func(sub *subscription) bool { return !sub.expires.After(now) })
		l.subs[device] = list
		if len(list) == 0 {
			delete(l.subs, device)
		}
	}
}

// SetLamp has the message lamp of a device show how many messages there are. Phones that have subscribed are told so, the others that
// are registered without having asked.
func (s *Server) SetLamp(device id.Device, lamp Lamp) {
	if !s.lamps.set(device, lamp) {
		return
	}
	_, _, subs := s.lamps.of(device)
	for _, sub := range subs {
		s.notify(device, sub)
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
		lamp, known, subs := s.lamps.of(b.Device)
		if known && len(subs) == 0 && b.fresh {
			s.tellUnasked(b, lamp)
		}
	}
}

// tellUnasked sends a NOTIFY outside any subscription; a phone that does not want it refuses it.
func (s *Server) tellUnasked(b binding, lamp Lamp) {
	d := &dialog{target: b.uri, hop: b.hop, behind: true}
	account := sipgo.Uri{Scheme: "sip", User: b.uri.User, Host: s.hostFor(b.hop.Addr.Addr())}
	d.from = sipgo.FromHeader{Address: account, Params: sipgo.HeaderParams{{K: "tag", V: s.tokens.tag()}}}
	d.to = sipgo.ToHeader{Address: b.uri}
	req := s.summary(d, s.tokens.tag()+"@"+account.Host, 1, summaryEvent, "terminated;reason=noresource", lamp.body(account.String()))
	s.transact(s.life, req, d.next(), func(*sipgo.Response) {}, func(int) {})
}

// summary is a NOTIFY with the counts (RFC 6665 §4.2.2).
func (s *Server) summary(d *dialog, callID string, cseq uint32, event, state, body string) *sipgo.Request {
	req := d.request(s, callID, "NOTIFY", cseq)
	req.AppendHeader(sipgo.NewHeader("Event", event))
	req.AppendHeader(sipgo.NewHeader("Subscription-State", state))
	setBody(req, summaryType, body)
	return req
}

// notify tells a subscriber of the counts as they are now, one NOTIFY at a time, so that an older one is never read last.
func (s *Server) notify(device id.Device, sub *subscription) {
	s.lamps.mu.Lock()
	if sub.busy {
		sub.stale = true
		s.lamps.mu.Unlock()
		return
	}
	sub.busy, sub.stale = true, false
	sub.cseq++
	cseq, body, left := sub.cseq, s.lamps.shown[device].body(sub.account), time.Until(sub.expires)
	s.lamps.mu.Unlock()
	state, over := fmt.Sprintf("active;expires=%d", int(left.Round(time.Second)/time.Second)), left <= 0
	if over {
		state = "terminated;reason=timeout"
		s.lamps.drop(device, sub)
	}
	req := s.summary(sub.dialog, sub.callID, cseq, sub.event, state, body)
	s.transact(s.life, req, sub.dialog.next(), func(res *sipgo.Response) {
		if res.StatusCode >= 200 {
			s.notified(device, sub, res.StatusCode >= 300)
		}
	}, func(int) { s.notified(device, sub, true) })
}

// notified ends a subscription whose NOTIFY was refused or got no answer (RFC 6665 §4.2.2), or tells what has changed meanwhile.
func (s *Server) notified(device id.Device, sub *subscription, refused bool) {
	s.lamps.mu.Lock()
	sub.busy = false
	again := sub.stale && !refused
	s.lamps.mu.Unlock()
	if refused {
		s.lamps.drop(device, sub)
	}
	if again {
		s.notify(device, sub)
	}
}

// subscribed serves a SUBSCRIBE, a new one or a refresh (RFC 6665 §4.2.1).
func (s *Server) subscribed(req *sipgo.Request, tx *incomingTx) {
	event := req.GetHeader("event")
	if event == nil || eventOf(event.Value()) != summaryEvent {
		s.refuse(req, tx, 489, sipgo.NewHeader("Allow-Events", summaryEvent))
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
		s.lamps.put(device.ID, s.subscriptionOf(req, ours, clip(event.Value(), 200), until))
	}
	sub := s.lamps.refresh(device.ID, req.CallID().Value(), ours, tagOf(req.From().Params), until)
	if sub == nil {
		s.refuse(req, tx, 481)
		return
	}
	res := s.response(req, 200, ours)
	res.AppendHeader(s.contact("", s.hopOf(req)))
	res.AppendHeader(sipgo.NewHeader("Expires", strconv.Itoa(wanted)))
	s.reply(tx, res)
	s.notify(device.ID, sub)
}

func (s *Server) subscriptionOf(req *sipgo.Request, tag, event string, until time.Time) *subscription {
	return &subscription{
		callID: req.CallID().Value(), tag: tag, remote: tagOf(req.From().Params), event: event, expires: until,
		account: (&sipgo.Uri{Scheme: "sip", User: req.From().Address.User, Host: req.From().Address.Host}).String(),
		dialog:  calledDialog(req, tag, s.hopOf(req)),
	}
}

// eventOf is the name of an event package, without its parameters.
func eventOf(value string) string {
	name, _, _ := strings.Cut(value, ";")
	return strings.ToLower(strings.TrimSpace(name))
}
