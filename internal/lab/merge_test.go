package lab

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/carrier"
	"parley/internal/live"
	"parley/internal/media"
)

// TestMergeTwoCalls: an agent answers a second caller on the other line and merges the two calls, who hears whom then, and who goes on when one
// hangs up; the older call's record and recording hold all, the younger's say where they went (SP-25, SP-15).
func TestMergeTwoCalls(t *testing.T) {
	t.Parallel()
	n := network(t, carrier.Config{})
	w := Start(t, Setup{Args: []string{"--demo-carrier", n.Addr().String()}, Prepare: toAnn})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	first := caller(t, n, w, sales, "+32470111222", callerVoice)
	older := ann.rung()
	ann.answer(older)
	ann.hearsOnly(callerVoice)
	ann.do(older.Call, "record/start")
	second := caller(t, n, w, sales, "+32470111333", otherVoice)
	younger := ann.rungAfter(older)
	ann.answer(younger)
	ann.second("active")
	ann.hearsOnly(otherVoice)
	onHold(t, first)

	ann.do(older.Call, "merge")
	ann.others(2)
	ann.hearsOnly(callerVoice, otherVoice)
	hearsOnly(t, first, agentVoice, otherVoice)
	hearsOnly(t, second, agentVoice, callerVoice)
	ann.Wait("one call", func(p live.Snapshot) bool {
		return !slices.ContainsFunc(p.Me.Lines, func(l live.Line) bool { return l.TwoCalls || l.Call == younger.Call && l.State != "ended" })
	})
	if err := ann.Do("POST", fmt.Sprintf("/calls/%s/hangup", older.Call), nil, nil); Status(err) != 409 {
		t.Errorf("leaving the two callers to each other is answered %v", err)
	}
	first.HangUp()
	ann.hearsOnly(otherVoice)
	hearsOnly(t, second, agentVoice)
	ann.talks(time.Second) // long enough for the recording to show who is its customer now
	ann.do(older.Call, "hangup")
	ended(t, second)

	was := ann.Record(younger.Call)
	if len(was.Merges) != 1 || !was.Merges[0].Into || was.Merges[0].Call != older.Call || was.Merges[0].Result != call.MergeDone {
		t.Errorf("the younger call tells of its end %+v", was.Merges)
	}
	d := ann.Record(older.Call)
	if len(d.Merges) != 1 || d.Merges[0].Into || d.Merges[0].Call != younger.Call || len(d.Legs) != 3 {
		t.Errorf("the older call tells %+v and has %d legs", d.Merges, len(d.Legs))
	}
	pcm := audio(t, ann, d.Recordings[0].ID)
	for channel, voices := range [][]float64{{callerVoice, otherVoice}, {agentVoice, otherVoice}} {
		for _, v := range voices {
			if !hasVoice(pcm[channel], v) {
				t.Errorf("channel %d does not hold %v", channel, v)
			}
		}
	}
}

// hasVoice tells whether a voice is heard somewhere in a sound.
func hasVoice(pcm []int16, voice float64) bool {
	const window = media.SampleRate * 3 / 10
	for part := range slices.Chunk(pcm, window) {
		if len(part) == window && HasTone(part, voice) {
			return true
		}
	}
	return false
}
