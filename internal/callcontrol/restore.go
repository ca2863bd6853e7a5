package callcontrol

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/sip"
	"parley/internal/station"
	"parley/internal/tel"
)

// Restored is one machine of the journal as the last process left it.
type Restored struct {
	Call    *call.Call
	Station *station.Station
	Leg     *sip.LegState
}

// Decode makes the machine of a journal entry again. Kind is "call", "station" or "leg".
func Decode(kind string, version int, state []byte) (Restored, error) {
	if version != journalVersion {
		return Restored{}, fmt.Errorf("journal of version %d is not understood by this release", version)
	}
	switch kind {
	case "call":
		j := &journey{}
		if err := json.Unmarshal(state, j); err != nil {
			return Restored{}, fmt.Errorf("call in the journal cannot be read: %w", err)
		}
		if j.Call == nil || j.Call.ID == "" {
			return Restored{}, errors.New("call in the journal cannot be read: it has no name")
		}
		return Restored{Call: j.Call}, nil
	case "station":
		s := &station.Station{}
		if err := json.Unmarshal(state, s); err != nil {
			return Restored{}, fmt.Errorf("station in the journal cannot be read: %w", err)
		}
		if s.Agent == "" {
			return Restored{}, errors.New("station in the journal cannot be read: it is nobody's")
		}
		return Restored{Station: s}, nil
	case "leg":
		l := &sip.LegState{}
		if err := json.Unmarshal(state, l); err != nil {
			return Restored{}, fmt.Errorf("leg in the journal cannot be read: %w", err)
		}
		if l.Leg == "" {
			return Restored{}, errors.New("leg in the journal cannot be read: it has no name")
		}
		return Restored{Leg: l}, nil
	default:
		return Restored{}, fmt.Errorf("machine of kind %q in the journal", kind)
	}
}

// Interrupted is the reason in the record of a call that a crash ended.
const Interrupted = "the system was restarted during the call"

// TakeUp begins the owner of a restored call again. Its wires are gone with the process that held them, so each of
// its legs is heard of as ended and the call closes; its record says why. Of its recordings is kept what is on disk.
func (x *Exchange) TakeUp(c *call.Call) error {
	if c.Ended() { // its last words were stored, its removal from the journal was not
		x.Journal.CallSettled(c)
		x.Journal.Remove(c.Org, callAt(c.ID))
		return nil
	}
	which, recordings, unstopped := c.ID, openRecordings(c), slices.Clone(c.Unstopped)
	legs := openLegs(c)
	x.Sound.TakeUp(which, c.Org, recordings, c.Started, c.Last)
	j := newJourney(c)
	j.kept = true
	if err := x.begin(j); err != nil { // the owner has the call from here on
		return err
	}
	x.post(callAt(which), call.Close{Cause: tel.CauseTemporaryFailure, Why: Interrupted})
	for _, leg := range legs {
		x.post(callAt(which), call.LegEnded{Leg: leg, Cause: tel.CauseTemporaryFailure})
	}
	x.post(callAt(which), call.Explained{}) // who could have said why nobody was offered the call is gone
	for _, r := range unstopped {
		x.Sound.EndRecording(which, call.EndRecording{Recording: r})
	}
	return nil
}

// openRecordings are those whose last word has not come.
func openRecordings(c *call.Call) []id.Recording {
	all := slices.Clone(c.Unstopped)
	if c.Recording.ID != "" {
		all = append(all, c.Recording.ID)
	}
	if m := c.Message; m != nil && m.Recording != "" && m.Ended.IsZero() {
		all = append(all, m.Recording)
	}
	if c.Taping != nil && !c.Taping.Ended {
		all = append(all, c.Taping.Recording)
	}
	return all
}

// openLegs are those whose last word has not come.
func openLegs(c *call.Call) []id.Leg {
	all := slices.Clone(c.Closing)
	for _, p := range c.Parties {
		if p.Leg != "" && p.State != call.Gone {
			all = append(all, p.Leg)
		}
		if p.Second.Leg != "" {
			all = append(all, p.Second.Leg)
		}
	}
	return all
}

// Live lists the calls that live now.
func (x *Exchange) Live() []id.Call {
	x.mu.Lock()
	defer x.mu.Unlock()
	all := make([]id.Call, 0, len(x.calls))
	for which := range x.calls {
		all = append(all, which)
	}
	return all
}
