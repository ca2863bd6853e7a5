package owner

import (
	"container/heap"
	"time"

	wallclock "parley/internal/clock"
)

// clock is where an owner's time comes from: the machine's, or a Virtual one.
type clock interface {
	Now() time.Time
	plan(d time.Duration, f func()) stopper
}

type stopper interface{ Stop() bool }

// wall is the machine's own clock.
type wall struct{}

func (wall) Now() time.Time { return wallclock.Now() }

func (wall) plan(d time.Duration, f func()) stopper { return time.AfterFunc(d, f) }

// Virtual is time that stands still until Step. Owners under it (see Drive) have no goroutine: all that they do is done
// within Step, so a run is the same every time. A Virtual clock and all that is under it belong to one goroutine.
type Virtual struct {
	now   time.Time
	tie   func() uint64
	plans planned
	due   []*Plan
	count uint64
	mail  []func() // read the mailboxes of owners that have got something
}

// NewVirtual gives a clock that shows start, between the years 1678 and 2262. What is planned for the same moment happens in
// the order of what tie gives for each, which is chance where tie is; without tie in the order of planning.
func NewVirtual(start time.Time, tie func() uint64) *Virtual {
	if tie == nil {
		tie = func() uint64 { return 0 }
	}
	return &Virtual{now: start, tie: tie}
}

// Now is the moment that the clock shows.
func (v *Virtual) Now() time.Time { return v.now }

// Plan is something that will be done at a moment of a Virtual clock.
type Plan struct {
	at         time.Time
	nano       int64 // at, faster to compare
	tie, count uint64
	do         func()
}

// Stop lets the plan be; false when that was so already, or it was done.
func (p *Plan) Stop() bool {
	was := p.do != nil
	p.do = nil
	return was
}

// After plans something; with d of 0 or less for the moment that is now, after what is being done.
func (v *Virtual) After(d time.Duration, do func()) *Plan {
	v.count++
	at := v.now.Add(max(0, d))
	p := &Plan{at: at, nano: at.UnixNano(), tie: v.tie(), count: v.count, do: do}
	heap.Push(&v.plans, p)
	return p
}

func (v *Virtual) plan(d time.Duration, do func()) stopper { return v.After(d, do) }

// Step reads waiting mail, or goes on to the next moment for which something is planned, does all that is planned for it,
// and then has the owners read what they got. So signals of one moment lie in a mailbox together, as with an owner that was
// busy, and one of them may take a timer back whose signal lies behind it. Step is false when nothing is planned.
func (v *Virtual) Step() bool {
	if v.read() {
		return true
	}
	v.collect()
	if len(v.due) == 0 {
		return false
	}
	for _, p := range v.due {
		if do := p.do; do != nil {
			p.do = nil
			do()
		}
	}
	v.read()
	return true
}

// collect takes what is planned for the next moment, and sets the clock to it.
func (v *Virtual) collect() {
	v.due = v.due[:0]
	for len(v.plans) > 0 {
		p := v.plans[0]
		if len(v.due) > 0 && p.at.After(v.now) {
			return
		}
		heap.Pop(&v.plans)
		if p.do != nil {
			v.now = p.at
			v.due = append(v.due, p)
		}
	}
}

// read has owners read their mail; false when there was none.
func (v *Virtual) read() bool {
	had := len(v.mail) > 0
	for len(v.mail) > 0 {
		open := v.mail[0]
		v.mail = append(v.mail[:0], v.mail[1:]...)
		open()
	}
	return had
}

// planned is a heap of plans, the next one first.
type planned []*Plan

func (p planned) Len() int      { return len(p) }
func (p planned) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p planned) Less(i, j int) bool {
	a, b := p[i], p[j]
	if a.nano != b.nano {
		return a.nano < b.nano
	}
	if a.tie != b.tie {
		return a.tie < b.tie
	}
	return a.count < b.count
}

// Push is for container/heap.
func (p *planned) Push(x any) {
	if plan, ok := x.(*Plan); ok {
		*p = append(*p, plan)
	}
}

// Pop is for container/heap.
func (p *planned) Pop() any {
	old := *p
	last := old[len(old)-1]
	old[len(old)-1] = nil
	*p = old[:len(old)-1]
	return last
}
