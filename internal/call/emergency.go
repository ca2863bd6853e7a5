package call

import "time"

// An emergency call goes on where another would be refused, since its agent's other call is being left (BX-13).
const (
	placeTimer = "place" // to ask the ACD for the place again
	lineTimer  = "line"  // to ask the station for the line again

	placeTime = time.Second
	lineTime  = 200 * time.Millisecond
	lineTries = 25
)

// withoutPlace goes on though the ACD has denied the place, which is asked for again.
func (t *turn) withoutPlace(s *Seat) {
	if !s.Station && s.Tries == 0 {
		t.takeLine(s)
	}
	t.after(placeTime, placeTimer)
}

// takeAgain asks for the line again in a moment, 25 times in all; false when it is no use, and then the call ends.
func (t *turn) takeAgain() bool {
	p := t.placer()
	if !t.Emergency || p == nil {
		return false
	}
	seat := t.seat(p.Agent)
	t.leaveStation(p.Agent, endCause)
	if seat.Tries++; seat.Tries >= lineTries {
		return false
	}
	t.after(lineTime, lineTimer)
	return true
}

func (t *turn) lineAgain() {
	p := t.placer()
	if p == nil || t.Stage == Ended {
		return
	}
	if s := t.seat(p.Agent); !s.Station {
		t.takeLine(s)
	}
}

// placeAgain asks for the place that was denied, so that the ACD knows that the agent talks.
func (t *turn) placeAgain() {
	p := t.placer()
	if p == nil || t.Stage == Ended {
		return
	}
	if s := t.seat(p.Agent); !s.Place && !s.Asked {
		t.reserve(p.Agent, forOutbound, 0)
	}
}
