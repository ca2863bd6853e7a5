package sip

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/story"
	"parley/internal/tel"
)

// TestStories plays every story of testdata and compares each thing that the machine does. A line "< …" is a signal,
// "@ 35s" lets time pass, "#" comments, a blank line begins anew with a fresh leg.
func TestStories(t *testing.T) { story.Run(t, "testdata/*.txt", play) }

var storyStart = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func play(t *testing.T, text string) string {
	var out strings.Builder
	m, now := newStoryMachine(), storyStart
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "  "):
			continue
		case line == "":
			m, now = newStoryMachine(), storyStart
		case strings.HasPrefix(line, "@ "):
			d, err := time.ParseDuration(line[2:])
			if err != nil {
				t.Fatal(err)
			}
			now = now.Add(d)
		}
		out.WriteString(line + "\n")
		words, isSignal := strings.CutPrefix(line, "< ")
		if !isSignal {
			continue
		}
		actions, err := m.Handle(now, readSignal(t, words))
		if err != nil {
			fmt.Fprintf(&out, "  refuse %v\n", err)
		}
		for _, a := range actions {
			fmt.Fprintf(&out, "  %s\n", writeAction(a))
		}
		if m.Ended() {
			out.WriteString("  over\n")
		}
	}
	return out.String()
}

func newStoryMachine() *legMachine {
	return newLegMachine(times{T1: 500 * time.Millisecond, T2: 4 * time.Second})
}

// words is a line of a story: bare words, and name:value pairs.
type words struct {
	bare  []string
	pairs map[string]string
}

func (w words) number(i int) int {
	n, _ := strconv.Atoi(w.bare[i])
	return n
}

func (w words) pair(name string, other int) int {
	if text, ok := w.pairs[name]; ok {
		n, _ := strconv.Atoi(text)
		return n
	}
	return other
}

func readSignal(t *testing.T, text string) signal {
	w := words{pairs: map[string]string{}}
	for _, word := range strings.Fields(text) {
		if name, value, found := strings.Cut(word, ":"); found {
			w.pairs[name] = value
		} else {
			w.bare = append(w.bare, word)
		}
	}
	simple := map[string]signal{
		"ring": ring{}, "early-media": earlyMedia{}, "answer": answer{}, "refresh": refresh{}, "repair": repair{}, "cancelled": cancelled{}, "lost": lost{},
	}
	if s, ok := simple[w.bare[0]]; ok {
		return s
	}
	sdp := storySDP(w.pairs["sdp"])
	switch w.bare[0] {
	case "invited":
		return invited{Mouth: w.mouth(), CSeq: 1, Tag: "far", Offer: sdp, Allow: w.pairs["allow"]}
	case "prefer":
		return prefer{Codecs: codecsOf(w.bare[1])}
	case "dial":
		return dial{Mouth: w.mouth(), Targets: w.number(1), Password: w.pairs["password"] == "yes"}
	case "hang-up":
		return hangUp{Cause: tel.Cause(w.number(1))}
	case "reject":
		return reject{Cause: tel.Cause(w.number(1))}
	case "press":
		return pressed{Digit: tel.Digit(w.bare[1])}
	case "acked":
		return acked{CSeq: uint32(w.number(1)), SDP: sdp}
	case "heard-digit":
		return heard{Event: media.DigitPressed{Digit: tel.Digit(w.bare[1])}}
	case "wanted-key":
		return heard{Event: media.KeyWanted{Digit: tel.Digit(w.bare[1])}}
	case "time-up":
		return timeUp{Timer: w.bare[1]}
	case "requested":
		r := requested{Tx: w.pair("tx", 1), Method: w.bare[1], CSeq: uint32(w.number(2)), Body: sdp}
		if sdp != "" {
			r.Type = typeSDP
		}
		if key, ok := w.pairs["relay"]; ok {
			r.Type, r.Body = dtmfRelay, "Signal="+key+"\r\nDuration=100\r\n"
		}
		if kind, ok := w.pairs["type"]; ok {
			r.Type, r.Body = kind, "something"
		}
		if key, ok := w.pairs["plain"]; ok {
			r.Type, r.Body = dtmfPlain, key+"\r\n"
		}
		if to, ok := w.pairs["to"]; ok {
			r.Refer = referral{To: to, Replaces: id.Leg(w.pairs["replaces"]), Code: w.pair("code", 0), Quiet: w.pairs["quiet"] == "yes"}
			r.Refer.Unknown, r.Refer.Foreign = to == "unknown", to == "foreign"
		}
		return r
	case "refer-over":
		return referOver{Cause: tel.Cause(w.pair("cause", 0)), Why: strings.ReplaceAll(w.pairs["why"], "-", " ")}
	case "responded":
		return responded{
			Attempt: w.pair("attempt", 0), Method: w.bare[1], CSeq: uint32(w.pair("cseq", 1)), Code: w.number(2), Tag: w.pairs["tag"], SDP: sdp,
			Allow: w.pairs["allow"],
		}
	case "failed":
		return failed{Attempt: w.pair("attempt", 0), Method: w.bare[1], CSeq: uint32(w.pair("cseq", 1)), Code: w.number(2)}
	}
	t.Fatalf("no such signal: %s", text)
	return nil
}

func writeAction(a action) string {
	switch a := a.(type) {
	case respond:
		text := fmt.Sprintf("respond %d tx:%d%s", a.Code, a.Tx, writeSDP(a.SDP))
		if a.RetryAfter > 0 {
			text += fmt.Sprintf(" retry-after:%d", a.RetryAfter)
		}
		if a.Why != "" {
			text += " why: " + a.Why
		}
		if a.Unsubscribed {
			text += " unsubscribed"
		}
		return text
	case request:
		text := fmt.Sprintf("request %s cseq:%d attempt:%d", a.Method, a.CSeq, a.Attempt)
		if a.Tag != "" {
			text += " tag:" + a.Tag
		}
		if a.Challenged {
			text += " challenged"
		}
		if a.Type == typeSDP {
			return text + writeSDP(a.Body)
		}
		if a.Event != "" {
			return fmt.Sprintf("%s %s %s: %s", text, a.Event, a.State, strings.TrimSpace(a.Body))
		}
		return text
	case acknowledge:
		return fmt.Sprintf("ack cseq:%d attempt:%d tag:%s%s", a.CSeq, a.Attempt, a.Tag, writeSDP(a.SDP))
	case cancel:
		return fmt.Sprintf("cancel attempt:%d", a.Attempt)
	case agreeOn:
		return writeAgreement(a.Terms)
	case listenAnew:
		return "listen anew"
	case sendKey:
		return "key " + string(a.Digit)
	case passKey:
		return "pass on " + string(a.Digit)
	case setTimer:
		if a.Least != a.Most {
			return fmt.Sprintf("timer %s %s to %s", a.Timer, a.Least, a.Most)
		}
		return fmt.Sprintf("timer %s %s", a.Timer, a.Least)
	case stopTimer:
		return "stop " + a.Timer
	case tell:
		return fmt.Sprintf("tell %s", strings.TrimPrefix(fmt.Sprintf("%T%+v", a.What, a.What), "sip."))
	}
	return fmt.Sprintf("%T", a)
}
