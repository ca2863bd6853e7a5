package live

import (
	"cmp"
	"fmt"
	"reflect"

	"parley/internal/call"
	"parley/internal/quality"
)

// hears puts on the line what its agent has to know of the sound: mine is the agent's place in the call.
func (l *Line) hears(c *call.Call, mine *call.Party) {
	party := cmp.Or(l.Name, l.Number)
	other := opposite(c, mine)
	l.Quality = qualityOf(mine, other, party)
	l.OneWay = oneWayOf(mine, other, party)
	l.Repair = repairOf(mine, other, l.OneWay)
}

// opposite is the other one of the two who talk; one who was never there when the agent is alone.
func opposite(c *call.Call, mine *call.Party) *call.Party {
	for i := range c.Parties {
		if p := &c.Parties[i]; p.ID != mine.ID && p.State == call.Joined {
			return p
		}
	}
	return &call.Party{}
}

// qualityOf finds the worst that is to be said: what the agent hears comes before what the other one hears.
func qualityOf(mine, other *call.Party, party string) *Quality {
	for _, way := range []struct {
		rule        quality.Banner
		side, heard string
	}{
		{other.Speaks, "them", "you"}, {mine.Hears, "you", "you"}, {mine.Speaks, "you", "them"}, {other.Hears, "them", "them"},
	} {
		if way.rule.Shown() {
			return &Quality{Bad: true, Causes: way.rule.Causes().Names(), Side: way.side, Heard: way.heard, Party: party}
		}
	}
	return nil
}

func oneWayOf(mine, other *call.Party, party string) *OneWay {
	you, them := mine.Deaf || other.Unheard, other.Deaf || mine.Unheard
	switch {
	case you && them:
		return &OneWay{Text: fmt.Sprintf("You and %s cannot hear each other", party), Deaf: "both", Party: party}
	case you:
		return &OneWay{Text: fmt.Sprintf("You cannot hear %s", party), Deaf: "you", Party: party}
	case them:
		return &OneWay{Text: fmt.Sprintf("%s cannot hear you", party), Deaf: "them", Party: party}
	}
	return nil
}

// repairOf tells that somebody's sound is being repaired; that it is back only when nobody else's is amiss.
func repairOf(mine, other *call.Party, still *OneWay) call.RepairState {
	a, b := mine.Repair.State, other.Repair.State
	switch {
	case a == call.Repairing || b == call.Repairing:
		return call.Repairing
	case still == nil && (a == call.Repaired || b == call.Repaired):
		return call.Repaired
	}
	return ""
}

// same tells whether two lines look alike.
func (l Line) same(other Line) bool { return reflect.DeepEqual(l, other) }
