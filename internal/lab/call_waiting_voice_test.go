package lab

import (
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/station"
)

// TestCallWaitingByTelephone: a second caller reaches an agent who talks by a telephone that stays up. The telephone
// alone hears the tone, the page answers, and the same telephone is in both calls: who hears whom at each step (SP-25).
func TestCallWaitingByTelephone(t *testing.T) {
	t.Parallel()
	n, far := mobiles(t)
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}, Prepare: toAnn})
	ann := sitDown(t, w, w.Person("agent", 0))
	ann.Must("POST", "/station/voice", api.VoiceChoice{Mode: station.ByCallMe, Number: mobile, Persistent: true}, nil)
	phone := received(t, far)
	ann.connected(station.PathUp)
	ann.become("available", "")
	first := caller(t, network(t, carrier.Config{}), w, sales, "+32470111222", agentVoice)
	hearsOnly(t, first, otherVoice)
	hearsOnly(t, phone, agentVoice)
	one := ann.line("active")

	second := caller(t, network(t, carrier.Config{}), w, sales, "+32470111333", callerVoice)
	waits := ann.rung()
	if waits.Line != 2 || waits.Number != "+32470111333" {
		t.Errorf("the second caller rings on line %d from %s", waits.Line, waits.Number)
	}
	listens(t, phone, "the tone over the caller", 200*time.Millisecond, func(pcm []int16) bool {
		return HasTone(pcm, agentVoice) && (HasTone(pcm, 425) || HasTone(pcm, 440) || HasTone(pcm, 1400))
	})
	hearsOnly(t, first, otherVoice)
	ann.answer(waits)
	ann.second("active")
	hearsOnly(t, phone, callerVoice)
	hearsOnly(t, second, otherVoice)
	onHold(t, first)

	ann.do(one.Call, "switch")
	ann.second("held")
	hearsOnly(t, phone, agentVoice)
	hearsOnly(t, first, otherVoice)
	onHold(t, second)

	ann.do(one.Call, "hangup")
	ended(t, first)
	hearsOnly(t, phone, callerVoice)
	hearsOnly(t, second, otherVoice)
	ann.do(waits.Call, "hangup")
	ended(t, second)
	ann.connected(station.PathUp)
}
