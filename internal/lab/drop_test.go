package lab

import (
	"slices"
	"testing"
	"time"

	"parley/internal/api"
	"parley/internal/carrier"
	"parley/internal/media"
	"parley/internal/sounds"
	"parley/internal/tone"
)

// dropSilence is how long a machine listens to find out what it hears.
const dropSilence = 300 * time.Millisecond

// answeringMachine is what a machine says: a greeting, a beep, and then nothing.
func answeringMachine(t *testing.T) *media.Sound {
	t.Helper()
	pcm := slices.Clone(inBox(t, sounds.Closed).PCM())
	pcm = append(pcm, make([]int16, media.SampleRate/2)...)
	return media.NewSound(append(pcm, tone.Of(tone.VoicemailBeep, tone.Default).Sound(media.SampleRate)...))
}

// TestVoicemailDrop: an agent reaches an answering machine and leaves a prepared voicemail. The agent is free at once; the machine
// hears nothing before its beep, then the voicemail, and we hang up (VM-13).
func TestVoicemailDrop(t *testing.T) {
	t.Parallel()
	far := make(chan *carrier.Call, 1)
	n := network(t, carrier.Config{
		Answer: func(string, string) carrier.Behaviour {
			return carrier.Behaviour{Speak: answeringMachine(t), Listen: true}
		},
		Arrived: func(k *carrier.Call) { far <- k },
	})
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	var made api.DropGreeting
	text := map[string]any{"name": "Sorry", "prompt": map[string]string{"text": "Hello, this is Ann. Please call me back when you hear this."}}
	ann.Must("POST", "/voicemail/greetings", text, &made)
	which := ann.dial("+12025550180")
	k := received(t, far)
	hearsTone(t, k, agentVoice)
	ann.Must("POST", "/calls/"+string(which)+"/voicemail-drop", map[string]string{"greeting": string(made.ID)}, nil)
	ann.status("available")
	listens(t, k, "nothing before the beep", dropSilence, Silent)
	listens(t, k, "the voicemail", dropSilence, func(pcm []int16) bool { return !Silent(pcm) && !HasTone(pcm, agentVoice) })
	if end := ended(t, k); !end.ByPeer {
		t.Errorf("the machine hung up: %+v", end)
	}
	var kinds []string
	for _, e := range ann.Record(which).Timeline {
		if e.Kind == "drop-began" || e.Kind == "drop-over" {
			kinds = append(kinds, e.Kind+":"+e.Params["result"])
		}
	}
	if !slices.Equal(kinds, []string{"drop-began:", "drop-over:"}) {
		t.Errorf("the timeline tells %v", kinds)
	}
}
