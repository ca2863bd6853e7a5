package media

import (
	"testing"
	"time"

	"parley/internal/tel"
)

// TestKeysAside: the owner of a leg is asked for each key once, and neither tones nor events go out.
func TestKeysAside(t *testing.T) {
	c := newChoir(t, PCMU, PCMU)
	c.agree("b", Terms{Codec: PCMU, KeysAside: true, Send: true, Receive: true})
	c.arrange(Hearing{Leg: "b", From: "a"}, Hearing{Leg: "a", From: "b"})
	c.singers["a"].gain = 0
	c.sing(10)
	for _, event := range []byte{1, 12, 10, 9} {
		c.press("a", event, 120*time.Millisecond)
		c.sing(10)
	}
	c.singers["b"].leg.SendDigit("7", 0)
	c.w.serveReady()
	c.sing(20)
	if digits, _ := c.keyed("b"); digits != "" {
		t.Errorf("b is sent %q", digits)
	}
	if asked := wanted(c.singers["b"].leg); asked != "1A*97" {
		t.Errorf("b's owner is asked for %q, want 1A*97", asked)
	}
}

// wanted are the keys that a leg has asked its owner for.
func wanted(l *Leg) (digits string) {
	record := make([]byte, packetSize)
	for l.events != nil {
		n := l.events.take(record)
		if n < 1 {
			break
		}
		if e, ok := l.event(record[:n]).(KeyWanted); ok {
			digits += string(e.Digit)
		}
	}
	return digits
}

// TestPressedElsewhere: a key that came by other means reaches those who hear the leg, each in its way, but not where the leg
// sends events as well, nor where nobody may hear its keys.
func TestPressedElsewhere(t *testing.T) {
	for name, to := range map[string]Terms{
		"events": {Codec: PCMU, EventType: 101}, "sound": {Codec: PCMA, PayloadType: 8}, "opus": {Codec: Opus, PayloadType: 111, EventType: 101},
	} {
		if !to.Codec.Available() {
			continue
		}
		t.Run(name, func(t *testing.T) {
			c := newChoir(t, PCMU, to.Codec)
			to.Send, to.Receive = true, true
			c.agree("b", to)
			hears := Hearing{Leg: "b", From: "a"}
			c.arrange(hears)
			c.singers["a"].gain = 0
			press := func(digit tel.Digit) {
				c.sing(10)
				c.singers["a"].leg.Pressed(digit)
				c.w.serveReady()
				c.sing(20)
			}
			press("5")
			press("")
			hidden := Hearing{Leg: "a", Keyed: true}
			c.arrange(hears, hidden)
			press("6")
			c.arrange(hears)
			press("7")
			c.press("a", 8, 120*time.Millisecond)
			press("8")
			if digits, _ := c.keyed("b"); digits != "578" {
				t.Errorf("b gets %q, want 578", digits)
			}
		})
	}
}
