package call

import (
	"cmp"
	"slices"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/tel"
)

// joinInto is MergeInto, asked for by the transfer key of a telephone that has both calls: the agent leaves then, as after a transfer.
func (t *turn) joinInto(p *Party, s LegRefers) error {
	if err := t.mayMerge(MergeInto{Agent: p.Agent, Into: s.Into}); err != nil {
		return err
	}
	t.beginMerge(Merging{Agent: p.Agent, Into: s.Into, Refer: s.Leg, Leaves: true, LeaveOutside: s.LeaveOutside})
	return nil
}

// joinDone answers the telephone that the merging was asked for by, if there is one, before its leg is ended.
func (t *turn) joinDone(cause tel.Cause, why string) {
	if t.Merging.Refer == "" {
		return
	}
	m := *t.Merging
	t.do(ReferDone{Leg: m.Refer, Cause: cause, Why: why})
	m.Refer = ""
	t.Merging = &m
}

// whyNotLeave says why the agent may not leave those who come to those who are here (TR-6); empty where that is allowed, or not wanted.
func (t *turn) whyNotLeave(s Adopt) string {
	stays := slices.ContainsFunc(s.Guests, func(g Guest) bool { return g.Party.Agent != "" })
	if !s.Leaves || s.LeaveOutside || stays || t.agentStays(t.party(s.Agent)) {
		return ""
	}
	return string(ErrOutsideForbidden)
}

// leaveJoined lets the agent go whose telephone has joined the two calls, with the transfer to who has come in the record. If those who
// were to talk on have gone meanwhile, or may not be left alone any more, the agent stays until the telephone hangs up.
func (t *turn) leaveJoined(s Handed, came id.Party) {
	p := t.party(s.Leaves)
	if s.Leaves == "" || p == nil || t.Stage != Active || t.moving() != nil || !t.goesOn(p) || !s.LeaveOutside && !t.agentStays(p) {
		return
	}
	to := t.Call.find(func(p *Party) bool { return p.ID == came && p.State == Joined })
	if to == nil {
		return
	}
	target := dest.Destination{Kind: dest.External, Target: string(to.Number)}
	if to.Agent != "" {
		target = dest.Destination{Kind: dest.Agent, Target: string(to.Agent)}
	}
	t.Moves++
	t.tell(MoveBegan{Number: t.Moves, Agent: p.Agent, Warm: true, To: target})
	t.tell(MoveOver{Number: t.Moves, Agent: p.Agent, Name: cmp.Or(to.Name, target.Target), Result: MoveCompleted})
	t.leaveTalk(p, tel.CauseNormal)
}
