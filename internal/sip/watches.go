package sip

import (
	"slices"
	"sync"
	"time"

	"parley/internal/id"
)

// Bounds of subscriptions; a phone that forgot its old ones must not fill the list.
const (
	maxSubscriptions = 4   // of one device to one topic
	maxWatched       = 256 // of one device to all
)

// topic is what can be subscribed to: the message lamp of a device, or the light of one name.
type topic struct {
	device id.Device
	light  Light
}

// content is what a topic shows now. It can be compared with ==.
type content interface {
	// body is what the subscriber of an entity is told, in the NOTIFY that has this number among those of its subscription, from 0.
	body(entity string, version uint32) (kind, text string)
}

// subscription is one dialog of SUBSCRIBE and NOTIFY.
type subscription struct {
	device  id.Device // whose it is
	topic   topic
	callID  string
	tag     string // ours
	remote  string // their tag
	event   string // as they wrote it, with its id (RFC 6665 §8.2.1)
	entity  string // what it is for, as a URI
	dialog  *dialog
	expires time.Time
	cseq    uint32
	busy    bool // a NOTIFY has no response yet
	stale   bool // something has changed since it left
}

// watches keeps what topics show, and who has subscribed to them (RFC 6665).
type watches struct {
	mu      sync.Mutex // guards what follows, the contents of the subscriptions too
	shown   map[topic]content
	subs    map[topic][]*subscription
	devices map[id.Device][]*subscription
}

func newWatches() *watches {
	return &watches{shown: map[topic]content{}, subs: map[topic][]*subscription{}, devices: map[id.Device][]*subscription{}}
}

// set notes what a topic shows, nil for a topic that is no more, and gives who is to be told. False: it showed that already.
func (w *watches) set(t topic, now content) (changed bool, subs []*subscription) {
	w.mu.Lock()
	defer w.mu.Unlock()
	before, known := w.shown[t]
	switch {
	case known && before == now, !known && now == nil:
		return false, nil
	case now == nil:
		delete(w.shown, t)
	default:
		w.shown[t] = now
	}
	return true, slices.Clone(w.subs[t])
}

// of is what a topic shows, nil when nothing is known of it, and who has subscribed to it.
func (w *watches) of(t topic) (content, []*subscription) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.shown[t], slices.Clone(w.subs[t])
}

// put adds a subscription. The oldest of the device make room for it.
func (w *watches) put(sub *subscription) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.subs[sub.topic] = append(w.subs[sub.topic], sub)
	w.devices[sub.device] = append(w.devices[sub.device], sub)
	var same []*subscription
	for _, one := range w.subs[sub.topic] {
		if one.device == sub.device {
			same = append(same, one)
		}
	}
	if len(same) > maxSubscriptions {
		w.remove(same[0])
	}
	if all := w.devices[sub.device]; len(all) > maxWatched {
		w.remove(all[0])
	}
}

// refresh finds the subscription of a request inside its dialog, and moves its end.
func (w *watches) refresh(device id.Device, callID, ours, theirs string, until time.Time) *subscription {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, sub := range w.devices[device] {
		if sub.callID == callID && sub.tag == ours && sub.remote == theirs {
			sub.expires = until
			return sub
		}
	}
	return nil
}

func (w *watches) drop(gone *subscription) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.remove(gone)
}

// remove takes a subscription out of both lists. The lock is held.
func (w *watches) remove(gone *subscription) {
	strike(w.subs, gone.topic, gone)
	strike(w.devices, gone.device, gone)
}

func strike[K comparable](lists map[K][]*subscription, at K, gone *subscription) {
	lists[at] = slices.DeleteFunc(lists[at], func(sub *subscription) bool { return sub == gone })
	if len(lists[at]) == 0 {
		delete(lists, at)
	}
}

// expire takes away what has run out.
func (w *watches) expire(now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var over []*subscription
	for _, list := range w.devices {
		for _, sub := range list {
			if !sub.expires.After(now) {
				over = append(over, sub)
			}
		}
	}
	for _, sub := range over {
		w.remove(sub)
	}
}
