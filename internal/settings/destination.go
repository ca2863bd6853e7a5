package settings

import (
	"fmt"
	"regexp"

	"parley/internal/dest"
)

// checkDest says what is wrong with a destination by itself; that its target exists is checked where it is stored.
func checkDest(field string, d dest.Destination) []Problem {
	switch d.Kind {
	case "":
		return []Problem{{field, "must name a destination"}}
	case dest.Hangup:
		if d.Target != "" {
			return []Problem{{field, "leads to a hang-up, which has no target"}}
		}
	case dest.External:
		if !isE164(d.Target) && d.Target != dest.AnyMailbox {
			return []Problem{{field, "must hold a telephone number with country code, such as +3225550100, or *98 for the messages in mailboxes"}}
		}
	case dest.AIAgent:
		return []Problem{{field, "cannot lead to an AI agent yet: AI agents come with a later version"}}
	case dest.Queue, dest.Menu, dest.TimeRouter, dest.Agent, dest.Mailbox, dest.Announcement:
		if d.Target == "" {
			return []Problem{{field, fmt.Sprintf("must say which %s", d.Kind)}}
		}
	default:
		return []Problem{{field, fmt.Sprintf("names no kind of destination: %q", d.Kind)}}
	}
	return nil
}

// checkOptionalDest is checkDest for a destination that may be left out.
func checkOptionalDest(field string, d *dest.Destination) []Problem {
	if d == nil || d.Kind == "" {
		return nil
	}
	return checkDest(field, *d)
}

var e164 = regexp.MustCompile(`^\+[1-9]\d{1,14}$`) // ITU-T E.164 §6

func isE164(number string) bool { return e164.MatchString(number) }
