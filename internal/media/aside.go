package media

import (
	"parley/internal/id"
	"parley/internal/tel"
)

// KeyWanted asks the owner of a leg whose Terms have KeysAside to send a key.
type KeyWanted struct {
	Leg   id.Leg
	Digit tel.Digit
}

func (KeyWanted) media() {}

// askForKey hands l's key to its owner, whole: how long it is held is not waited for.
func (w *worker) askForKey(l *Leg) {
	k := &l.keys
	event := [1]byte{k.waiting[k.first].event & 15}
	l.tell(toldWanted, event[:])
	k.finish(w.now)
}

// Pressed lets those who hear the leg have a key that its far side pressed and that did not come in its packets but, say, by
// SIP INFO. One whose far side has sent telephone-events says it twice, and is not believed again.
func (l *Leg) Pressed(digit tel.Digit) {
	event := digit.Event()
	if event < 0 {
		return
	}
	l.order(&order{do: func(w *worker, l *Leg, _ *order) bool {
		if l.keyed || l.incoming.heard {
			return true
		}
		for _, listener := range l.listeners {
			if listener.maySend() && listener.keys.add(uint8(event), 0) {
				w.schedule(listener)
			}
		}
		return true
	}}, true)
}
