package lab

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/carrier"
	"parley/internal/prompt"
)

// lamp is what the phone was last told of messages: new, then old; empty when it was told nothing.
func (p *Phone) lamp() (last string) {
	for _, e := range p.Events() {
		if e.Type != "MWI_NOTIFY" {
			continue
		}
		for _, line := range strings.Split(e.Param, "\n") {
			if counts, found := strings.CutPrefix(line, "Voice-Message: "); found {
				last = strings.TrimSpace(counts)
			}
		}
	}
	return last
}

func (p *Phone) lampShows(want string) {
	p.t.Helper()
	Eventually(p.t, "the lamp shows "+want+", not "+p.lamp(), func() bool { return p.lamp() == want })
}

// TestMessageLamp: a desk phone subscribes to the counts of messages. Its lamp comes on with a message, goes off when that was heard on the
// page and comes on again when it is marked as new; it goes with the message (BX-32, VM-11).
func TestMessageLamp(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: ownMailbox})
	ann := w.SignIn(w.Person("agent", 0))
	phone := w.PhoneOf(Model{Lamp: true}, ann.User, agentVoice)
	phone.lampShows("0/0 (0/0)")
	k := caller(t, network(t, carrier.Config{}), w, sales, "+32470111222", callerVoice)
	hearsSound(t, k, "what to do", inWords(t, prompt.OfStandard(prompt.LeaveMessage)))
	ended(t, k)
	phone.lampShows("1/0 (0/0)")
	list := messagesOf(ann)
	for _, heard := range []bool{true, false} {
		ann.Must("PUT", fmt.Sprintf("/voicemail/messages/%s/listened", list[0].ID), map[string]bool{"listened": heard}, nil)
		phone.lampShows(map[bool]string{true: "0/1 (0/0)", false: "1/0 (0/0)"}[heard])
	}
	ann.Must("DELETE", fmt.Sprintf("/voicemail/messages/%s", list[0].ID), nil, nil)
	phone.lampShows("0/0 (0/0)")
}
