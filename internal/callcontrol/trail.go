package callcontrol

import "encoding/json"

// trail remembers states that a machine went through, so that a transcript, which holds the last signals only, can be
// replayed from the state before its first one.
type trail struct {
	handled int
	marks   []mark
}

type mark struct {
	at    int // signals handled before
	state json.RawMessage
}

// A mark every so many signals; with so many of them there is one within every transcript of an owner (2,000 lines, cut
// to 1,000 when full).
const (
	markEvery = 250
	maxMarks  = 9
)

// begin notes the state in which an owner takes a machine over that is not new.
func (t *trail) begin(machine any) {
	t.handled, t.marks = 0, nil
	t.note(machine)
}

// pass is called before each signal.
func (t *trail) pass(machine any) {
	if t.handled > 0 && t.handled%markEvery == 0 {
		t.note(machine)
	}
	t.handled++
}

func (t *trail) note(machine any) {
	state, err := json.Marshal(machine)
	if err != nil {
		return // a replay from an older mark tells the same
	}
	if len(t.marks) == maxMarks {
		t.marks = append(t.marks[:0:0], t.marks[1:]...)
	}
	t.marks = append(t.marks, mark{at: t.handled, state: state})
}

// before gives the oldest state that so many last signals lead on from, and how many of them come before it.
func (t *trail) before(signals int) (state json.RawMessage, skip int) {
	first := t.handled - signals
	for _, m := range t.marks {
		if m.at >= first {
			return m.state, m.at - first
		}
	}
	return nil, 0
}
