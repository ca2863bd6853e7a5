package acd

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/id"
)

// faulty is a distributor with a fault planted around it: hear changes or swallows what it hears, tamper what it does
// or remembers.
type faulty struct {
	d      *Distributor
	hear   func(d *Distributor, s Signal) (heard Signal, swallowed bool)
	tamper func(d *Distributor, s Signal, out *Outcome)
}

func (f *faulty) Handle(now time.Time, s Signal) (Outcome, error) {
	heard := s
	if f.hear != nil {
		var swallowed bool
		if heard, swallowed = f.hear(f.d, s); swallowed {
			return Outcome{}, nil
		}
	}
	out, err := f.d.Handle(now, heard)
	if err == nil && f.tamper != nil {
		f.tamper(f.d, s, &out)
	}
	return out, err
}

func swallow[S Signal](when func(S) bool) func(*Distributor, Signal) (Signal, bool) {
	return func(_ *Distributor, s Signal) (Signal, bool) {
		x, is := s.(S)
		return s, is && when(x)
	}
}

func always[S Signal](S) bool { return true }

func dropTimers(kind string) func(*Distributor, Signal, *Outcome) {
	return func(_ *Distributor, _ Signal, out *Outcome) {
		out.Actions = slices.DeleteFunc(out.Actions, func(a Action) bool {
			t, is := a.(SetTimer)
			return is && strings.HasPrefix(t.Timer, kind)
		})
	}
}

// faults are mistakes that a distributor could have.
var faults = map[string]func() machine{
	"the result of an offer is dropped": func() machine {
		return &faulty{d: New(), hear: swallow(func(s OfferEnded) bool { return s.Result == Ignored })}
	},
	"offers never expire": func() machine { return &faulty{d: New(), tamper: dropTimers("offer/")} },
	"refusals are forgotten": func() machine {
		return &faulty{d: New(), tamper: func(d *Distributor, _ Signal, _ *Outcome) {
			for _, a := range d.agents {
				clear(a.Refused)
			}
		}}
	},
	"nobody looks again when a refusal ends": func() machine { return &faulty{d: New(), tamper: dropTimers("refusal/")} },
	"a device that failed rests for ever":    func() machine { return &faulty{d: New(), tamper: dropTimers("rest/")} },
	"wrap-up never ends":                     func() machine { return &faulty{d: New(), tamper: dropTimers("wrap/")} },
	"last come, first served": func() machine {
		return &faulty{d: New(), tamper: func(d *Distributor, s Signal, _ *Outcome) {
			if e, is := s.(Enqueue); is && d.calls[e.Call] != nil {
				d.calls[e.Call].Priority = -int(d.serial)
				d.relink()
			}
		}}
	},
	"shortest idle first": func() machine {
		return &faulty{d: New(), tamper: func(d *Distributor, _ Signal, _ *Outcome) {
			for _, q := range d.queues {
				slices.SortFunc(q.free, func(a, b *agent) int { return byIdle(b, a) })
			}
		}}
	},
	"an offered agent counts as free": func() machine {
		return &faulty{d: New(), tamper: func(d *Distributor, _ Signal, _ *Outcome) {
			for _, a := range d.agents {
				if a.Place == nil || a.Place.Offer == "" || len(a.listed) > 0 {
					continue
				}
				for _, q := range a.queues {
					q.free = insert(q.free, a, byIdle)
					a.listed = append(a.listed, q)
				}
			}
		}}
	},
	"an offer is made twice": func() machine {
		return &faulty{d: New(), tamper: func(_ *Distributor, _ Signal, out *Outcome) {
			for _, e := range out.Events {
				if _, is := e.(OfferOpened); is {
					out.Events = append(out.Events, e)
					return
				}
			}
		}}
	},
	"an offer is closed twice": func() machine {
		return &faulty{d: New(), tamper: func(_ *Distributor, _ Signal, out *Outcome) {
			if i := slices.IndexFunc(out.Events, func(e Event) bool { _, is := e.(OfferClosed); return is }); i >= 0 {
				out.Events = slices.Insert(out.Events, i, out.Events[i])
			}
		}}
	},
	"a release is lost":           func() machine { return &faulty{d: New(), hear: swallow(always[Release])} },
	"a caller who left is kept":   func() machine { return &faulty{d: New(), hear: swallow(always[Leave])} },
	"sleeping devices are rung":   func() machine { return &faulty{d: New(), hear: swallow(always[DeviceAsleep])} },
	"toggles are ignored":         func() machine { return &faulty{d: New(), hear: swallow(always[Toggle])} },
	"a choice in a call is lost":  func() machine { return &faulty{d: New(), hear: choiceLost} },
	"not acknowledged is a miss":  func() machine { return &faulty{d: New(), hear: countAsMiss} },
	"wrap-up is left out":         func() machine { return &faulty{d: New(), hear: changeQueues(func(q *Queue) { q.WrapUpSeconds = 0 })} },
	"an awake device stays idle":  func() machine { return &faulty{d: New(), tamper: unlistAwake} },
	"late answers are overlooked": func() machine { return &faulty{d: New(), tamper: forgetRevoked} },

	"steps never relax":                 func() machine { return &faulty{d: New(), tamper: dropTimers("step/")} },
	"steps are ignored":                 func() machine { return &faulty{d: New(), hear: withoutSteps} },
	"nobody is sent on at max hold":     func() machine { return &faulty{d: New(), tamper: dropTimers("hold/")} },
	"unstaffed queues keep their calls": func() machine { return &faulty{d: New(), tamper: dropTimers("unstaffed/")} },
	"callbacks are not tried again":     func() machine { return &faulty{d: New(), tamper: dropTimers("retry/")} },
	"hours are ignored":                 func() machine { return &faulty{d: New(), hear: swallow(always[Hours])} },
	"outcomes are ignored":              func() machine { return &faulty{d: New(), hear: swallow(always[ChooseOutcome])} },
	"a change of priority is lost":      func() machine { return &faulty{d: New(), hear: swallow(always[SetPriority])} },
	"a sign-out is lost":                func() machine { return &faulty{d: New(), hear: swallow(always[SignOut])} },
	"cancelled callbacks are kept":      func() machine { return &faulty{d: New(), hear: swallow(always[CancelCallback])} },
	"an audit hits the living":          func() machine { return &faulty{d: New(), hear: blindAudit} },
	"everybody is let in": func() machine {
		return &faulty{d: New(), hear: changeQueues(func(q *Queue) { q.MaxWaiting, q.JoinWhen = 0, "" })}
	},
	"the strategy is ignored":        func() machine { return &faulty{d: New(), hear: changeQueues(func(q *Queue) { q.Strategy = "" })} },
	"the queue's weight is ignored":  func() machine { return &faulty{d: New(), hear: changeQueues(func(q *Queue) { q.Weight = 0 })} },
	"weights of members are ignored": func() machine { return &faulty{d: New(), hear: changeQueues(func(q *Queue) { q.MemberWeights = nil })} },
	"required outcomes are not asked": func() machine {
		return &faulty{d: New(), hear: changeQueues(func(q *Queue) { q.OutcomeRequired = false })}
	},
	"unavailable agents are not asked": func() machine {
		return &faulty{d: New(), hear: changeQueues(func(q *Queue) { q.AllowUnavailable = false })}
	},
	"callbacks are booked without limit": func() machine { return &faulty{d: New(), hear: bookAlways} },
}

func choiceLost(d *Distributor, s Signal) (Signal, bool) {
	x, is := s.(SetStatus)
	return s, is && d.agents[x.Agent] != nil && d.agents[x.Agent].Place != nil
}

func countAsMiss(_ *Distributor, s Signal) (Signal, bool) {
	if x, is := s.(OfferEnded); is && x.Result == NotAcknowledged {
		x.Result = Missed
		return x, false
	}
	return s, false
}

func changeQueues(change func(*Queue)) func(*Distributor, Signal) (Signal, bool) {
	return func(_ *Distributor, s Signal) (Signal, bool) {
		x, is := s.(Configure)
		if !is {
			return s, false
		}
		x.Queues = slices.Clone(x.Queues)
		for i := range x.Queues {
			change(&x.Queues[i])
		}
		return x, false
	}
}

func withoutSteps(d *Distributor, s Signal) (Signal, bool) {
	if x, is := s.(Enqueue); is {
		x.Steps = nil
		return x, false
	}
	return changeQueues(func(q *Queue) { q.Steps = nil })(d, s)
}

func blindAudit(_ *Distributor, s Signal) (Signal, bool) {
	if _, is := s.(Stand); is {
		return Stand{}, false
	}
	return s, false
}

func bookAlways(_ *Distributor, s Signal) (Signal, bool) {
	if x, is := s.(BookCallback); is {
		x.Resumed = true
		return x, false
	}
	return s, false
}

func unlistAwake(d *Distributor, s Signal, _ *Outcome) {
	if x, is := s.(DeviceAwake); is {
		d.unlist(d.agents[x.Agent])
	}
}

func forgetRevoked(d *Distributor, _ Signal, _ *Outcome) {
	for _, c := range d.calls {
		c.Revoked = map[id.Offer]id.Agent{}
	}
}

// TestPlantedFaults shows that the promises which TestChaos checks catch each of these mistakes.
func TestPlantedFaults(t *testing.T) {
	for name, plant := range faults {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(60) {
				if err := newWorld(seed, plant()).run(); err != nil {
					t.Logf("caught in seed %d: %v", seed, err)
					return
				}
			}
			t.Error("not caught")
		})
	}
}

// watched looks at the state after every signal as production does every 10 s.
type watched struct {
	*faulty
	found []Violation
}

func (w *watched) Handle(now time.Time, s Signal) (Outcome, error) {
	out, err := w.faulty.Handle(now, s)
	w.found = append(w.found, w.d.Check(now)...)
	return out, err
}

// TestCheckFindsFaults shows that Check alone, without knowing what was to happen, finds what must never be.
func TestCheckFindsFaults(t *testing.T) {
	for name, rule := range map[string]string{
		"offers never expire":                    "offers expire",
		"nobody looks again when a refusal ends": "nobody waits beside a free agent",
		"an awake device stays idle":             "nobody waits beside a free agent",
		"an offered agent counts as free":        "one offer per agent",
	} {
		t.Run(name, func(t *testing.T) {
			found := false
			for seed := uint64(0); seed < 60 && !found; seed++ {
				f, _ := faults[name]().(*faulty)
				w := &watched{faulty: f}
				_ = newWorld(seed, w).run()
				found = slices.ContainsFunc(w.found, func(v Violation) bool { return v.Rule == rule })
			}
			if !found {
				t.Error("not found")
			}
		})
	}
}
