package call

import (
	"strings"
	"unicode"

	"parley/internal/tel"
)

// dispositionOf says how a placed call ended that nobody answered (CH-3).
func dispositionOf(cause tel.Cause, code int) Disposition {
	switch {
	case cause == tel.CauseBusy:
		return Busy
	case cause == tel.CauseNoResponse, cause == tel.CauseNoAnswer, cause == tel.CauseNormal:
		return NoAnswer
	case cause == tel.CauseRejected && (code == 0 || code == 603): // other codes are the carrier's own refusals
		return NoAnswer
	}
	return Failed
}

// standardPhrases are reason phrases that say no more than our own words (RFC 3261 §21).
var standardPhrases = map[string]bool{
	"busy here": true, "busy everywhere": true, "busy": true, "not found": true, "forbidden": true, "decline": true, "declined": true,
	"temporarily unavailable": true, "request timeout": true, "request terminated": true, "request cancelled": true, "gone": true,
	"server internal error": true, "service unavailable": true, "server timeout": true, "bad gateway": true,
	"does not exist anywhere": true, "not acceptable here": true, "not acceptable": true, "address incomplete": true, "unauthorized": true,
	"bad request": true, "not implemented": true, "proxy authentication required": true, "no answer": true, "user busy": true,
}

// maxPhrase bounds what of a carrier's phrase is shown, in characters.
const maxPhrase = 80

// reasonOf says why a leg ended, in our words, with the carrier's own phrase when it adds something.
func reasonOf(cause tel.Cause, phrase string) string {
	words := cause.Words()
	phrase = plain(phrase)
	if phrase == "" || standardPhrases[strings.ToLower(phrase)] || strings.EqualFold(phrase, words) {
		return words
	}
	return words + ": " + phrase
}

// plain takes from a stranger's text what would harm a screen or a log.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, strings.TrimSpace(text))
	if runes := []rune(text); len(runes) > maxPhrase {
		return string(runes[:maxPhrase])
	}
	return text
}

// deniedWords say why an agent cannot be called (acd.Why), and whether that is engaged.
var deniedWords = map[string]struct {
	words string
	busy  bool
}{
	"on_call":        {"the agent is in another call", true},
	"wrap_up":        {"the agent is finishing another call", true},
	"capacity":       {"another call is ringing at the agent", true},
	"status":         {"the agent is not available", false},
	"device_offline": {"the agent is offline", false},
	"device_asleep":  {"no device of the agent responds", false},
	"not_permitted":  {"the agent cannot be called", false},
}

// offline are the refusals of an agent whose devices cannot be reached.
var offline = map[string]bool{"device_offline": true, "device_asleep": true}

func deniedDirect(why string) ending {
	d, known := deniedWords[why]
	switch {
	case !known:
		return ending{Disposition: NoAnswer, Cause: tel.CauseNoAnswer, Reason: "the agent cannot be called"}
	case d.busy:
		return ending{Disposition: Busy, Cause: tel.CauseBusy, Reason: d.words}
	}
	return ending{Disposition: NoAnswer, Cause: tel.CauseNoAnswer, Reason: d.words}
}

// placerWords say to an agent why no call can be placed now.
func placerWords(why string) string {
	switch why {
	case "on_call":
		return "you are in another call"
	case "capacity":
		return "another call is ringing for you"
	}
	return "you cannot place calls now"
}

// watchedGone ends the watching of an agent.
const watchedGone = "the agent's conversation is over"

// watcherWords say to a supervisor why no call can be listened to now.
func watcherWords(why string) string {
	switch why {
	case "on_call":
		return "you are in another call"
	case "wrap_up":
		return "finish your own wrap-up first"
	case "capacity":
		return "another call is ringing for you"
	case "device_offline":
		return "nothing of yours can ring: press Start"
	case "device_asleep":
		return "your page did not answer in time: try again in a moment"
	}
	return "your phone cannot be reached now"
}

func unansweredDirect(result RingResult) ending {
	switch result {
	case RingMissed:
		return ending{Disposition: NoAnswer, Cause: tel.CauseNoAnswer, Reason: tel.CauseNoAnswer.Words()}
	case RingIgnored:
		return ending{Disposition: NoAnswer, Cause: tel.CauseRejected, Reason: tel.CauseRejected.Words()}
	default:
		return ending{Disposition: NoAnswer, Cause: tel.CauseNoAnswer, Reason: "no device of the agent responded"}
	}
}

// causeOfRing is what a device is told whose ring is over.
func causeOfRing(result RingResult, why string) tel.Cause {
	switch {
	case result == RingMissed:
		return tel.CauseNoAnswer
	case why == ringAnotherAnswered, strings.HasPrefix(why, ringAnsweredBy):
		return tel.CauseElsewhere
	}
	return tel.CauseNormal
}

// whyCanceled says why the rings of a call that ends are canceled.
func whyCanceled(e ending) string {
	if e.Disposition == Abandoned {
		return ringCallerLeft
	}
	return ringCallEnded
}
