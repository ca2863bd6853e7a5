package call

import "parley/internal/tel"

// through is what an agent does whose line 2 is in a queue or a menu: keys, mostly.
func (w *world) through(m *Move) Signal {
	if by := w.c.party(m.By); by != nil && m.Treatment.Menu != nil && !w.oneIn(8) {
		return LegDigit{Leg: by.voice(), Digit: tel.Digit([]byte{"1123*#"[w.chance.IntN(6)]})}
	}
	if m.Waits && !w.oneIn(8) { // have patience
		return PlaceIs{Queue: "sales", Position: 2}
	}
	all := []Signal{Swap{Agent: m.By}, Complete{Agent: m.By}, CancelMove{Agent: m.By}, TimeUp{Timer: moveMenusTimer}, TimeUp{Timer: moveTreatTimer},
		HangUp{Agent: m.By}, PlaceIs{Queue: "sales", Position: 2}}
	return all[w.chance.IntN(len(all))]
}
