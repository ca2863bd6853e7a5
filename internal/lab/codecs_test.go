package lab

import (
	"context"
	"fmt"
	"testing"

	"parley/internal/carrier"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/sip"
	"parley/internal/store"
	"parley/internal/tel"
)

// everyCodec lists the codecs, each with a voice for those who call with it.
var everyCodec = []struct {
	codec media.Codec
	voice int
}{{media.PCMU, callerVoice}, {media.PCMA, 563}, {media.G722, 617}, {media.Opus, 823}}

func numberOf(n int) string { return fmt.Sprintf("+1202555016%d", n) }

// ownQueues gives each of the first agents a queue of his or her own that records, with a number.
func ownQueues(ctx context.Context, db *store.DB) error {
	trunks, err := db.AllTrunks(ctx)
	if err != nil {
		return err
	}
	agents, err := db.AllAgents(ctx)
	if err != nil {
		return err
	}
	for n, a := range agents {
		q := store.NewQueue("Queue of " + a.Extension)
		q.WrapUpSeconds, q.RecordCall = 0, true
		if err := db.CreateQueue(ctx, &q); err != nil {
			return err
		}
		if err := db.SetQueueMembers(ctx, q.ID, []id.Agent{a.ID}); err != nil {
			return err
		}
		number := store.NewNumber(tel.Number(numberOf(n)), trunks[0].ID)
		number.Destination = dest.Destination{Kind: dest.Queue, Target: string(q.ID)}
		if err := db.CreateNumber(ctx, &number); err != nil {
			return err
		}
	}
	return nil
}

// TestEveryPairOfCodecs: callers with each codec talk to desk phones with each codec. Both sides, and both channels of
// the recording, hear the other's voice and nothing else.
func TestEveryPairOfCodecs(t *testing.T) {
	t.Parallel()
	extensions := map[string]string{} // of an agent: the number
	w := Start(t, Setup{Prepare: func(ctx context.Context, db *store.DB) error {
		if err := ownQueues(ctx, db); err != nil {
			return err
		}
		agents, err := db.AllAgents(ctx)
		for n, a := range agents {
			extensions[a.Extension] = numberOf(n)
		}
		return err
	}})
	var networks []*carrier.Carrier
	for _, c := range everyCodec {
		networks = append(networks, network(t, carrier.Config{Codecs: sip.Codecs{c.codec}}))
	}
	for n, c := range everyCodec {
		t.Run(c.codec.String(), func(t *testing.T) {
			u := w.withPhone(n)
			a, phone := atDeskWith(t, w, Model{Codec: c.codec}, u, agentVoice)
			for k, theirs := range everyCodec {
				t.Logf("%s calls %s", theirs.codec, c.codec)
				call := caller(t, networks[k], w, extensions[u.Extension], "+32470111222", theirs.voice)
				talkInCodecs(t, a, phone, call, theirs.voice, k+1)
			}
		})
	}
}

// withPhone is the n-th user who is an agent, whatever else, from 0.
func (w *World) withPhone(n int) User {
	w.t.Helper()
	for _, u := range w.Users {
		if u.SIPUsername == "" {
			continue
		}
		if n == 0 {
			return u
		}
		n--
	}
	w.t.Fatal("too few agents")
	return User{}
}

// talkInCodecs is one call, the nth of the phone.
func talkInCodecs(t *testing.T, a *agent, phone *Phone, k *carrier.Call, voice, nth int) {
	t.Helper()
	ring := a.rung()
	phone.Tells("CALL_INCOMING", nth)
	phone.Do("accept", "")
	phone.Tells("CALL_ESTABLISHED", nth)
	hearsTone(t, k, agentVoice, float64(voice))
	phoneHears(t, phone, float64(voice), agentVoice)
	talked := k.Stats().PacketsIn + 30
	Eventually(t, "enough is recorded", func() bool { return k.Stats().PacketsIn >= talked })
	phone.Do("hangup", "")
	ended(t, k)
	d := a.Record(ring.Call)
	if len(d.Recordings) != 1 {
		t.Fatalf("%d recordings, not 1", len(d.Recordings))
	}
	pcm := audio(t, a, d.Recordings[0].ID)
	for channel, want := range [][2]float64{{float64(voice), agentVoice}, {agentVoice, float64(voice)}} {
		if n := len(pcm[channel]); n < media.SampleRate/2 || !Alone(pcm[channel], want[0], want[1]) {
			hertz, strength := media.Ear{}.Dominant(pcm[channel])
			t.Errorf("channel %d of the recording, %d samples, is %.0f Hz (%.3f) instead of %.0f Hz alone", channel, n, hertz, strength, want[0])
		}
	}
	a.status("available")
}

// TestEncryptedDeskPhone: a desk phone over TLS that takes nothing but SRTP, in G.722 and in Opus. It calls a trunk, is held
// and taken back, and is rung by a queue: nobody has to say that it wants SRTP.
func TestEncryptedDeskPhone(t *testing.T) {
	t.Parallel()
	for _, codec := range []media.Codec{media.G722, media.Opus} {
		t.Run(codec.String(), func(t *testing.T) { encryptedDeskPhone(t, codec) })
	}
}

func encryptedDeskPhone(t *testing.T, codec media.Codec) {
	far := make(chan *carrier.Call, 1)
	n := network(t, carrier.Config{
		Answer: func(string, string) carrier.Behaviour {
			return carrier.Behaviour{Speak: Tone(callerVoice), Loop: true, Listen: true}
		},
		Arrived: func(k *carrier.Call) { far <- k },
	})
	secure := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String(), "--sips", secure}})
	ann, phone := atDeskWith(t, w, Model{Codec: codec, TLS: secure}, w.Person("agent", 0), agentVoice)
	phone.Do("dial", "sip:+12025550180@"+secure+";transport=tls")
	phone.Tells("CALL_ESTABLISHED", 1)
	k := received(t, far)
	hearsTone(t, k, agentVoice, callerVoice)
	phoneHears(t, phone, callerVoice, agentVoice)
	l := ann.line("active")
	ann.do(l.Call, "hold")
	hearsSound(t, k, "music while held", inBox(t, "hold_music"))
	ann.do(l.Call, "resume")
	hearsTone(t, k, agentVoice, callerVoice)
	phoneHears(t, phone, callerVoice, agentVoice)
	k.HangUp()
	phone.Tells("CALL_CLOSED", 1)
	ann.status("available")

	in := caller(t, n, w, support, "+32470111222", otherVoice)
	ann.rung()
	phone.Tells("CALL_INCOMING", 1)
	phone.Do("accept", "")
	phone.Tells("CALL_ESTABLISHED", 2)
	hearsTone(t, in, agentVoice, otherVoice)
	phoneHears(t, phone, otherVoice, agentVoice)
	phone.Do("hangup", "")
	ended(t, in)
}
