package demo

import (
	"context"
	"math/rand/v2"
	"time"

	"parley/internal/access"
	"parley/internal/carrier"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/store"
	"parley/internal/tel"
)

// visit is one caller on the way to a queue, in it, or with an agent.
type visit struct {
	caller
	org     id.Org
	called  tel.Number
	talking chan struct{} // closed when an agent has taken the call
	taken   bool          // talking is closed
}

// Callers lets so many callers ring the demo's queues in turn, over the next seconds: most are customers, some strangers.
// Each waits for two to four minutes, or says what is to be said to an agent, stays for 20 seconds more and hangs up.
func (d *Demo) Callers(ctx context.Context, org id.Org, count int) error {
	if count < 1 || count > len(callers) {
		return refuse("ask for 1 to %d callers", len(callers))
	}
	numbers, err := d.queueNumbers(store.WithOrg(ctx, org))
	if err != nil {
		return err
	}
	voices := map[string]*media.Sound{}
	for _, c := range callers {
		if voices[c.speech], err = d.voice(c.speech); err != nil {
			return err
		}
	}
	visits, err := d.reserve(org, count)
	if err != nil {
		return err
	}
	d.watch(org)
	for i, v := range visits {
		v.called = numbers[i%len(numbers)]
		d.spawn(func() { d.visit(v, time.Duration(i)*d.timing.between, voices[v.speech]) })
	}
	return nil
}

// reserve picks callers who are not calling already.
func (d *Demo) reserve(org id.Org, count int) ([]*visit, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if free := len(callers) - len(d.visits); free < count {
		return nil, refuse("only %d more callers fit in, wait until others have hung up", free)
	}
	var picked []*visit
	for range callers {
		c := callers[d.turn%len(callers)]
		d.turn++
		if d.visits[c.number] != nil {
			continue
		}
		v := &visit{caller: c, org: org, talking: make(chan struct{})}
		d.visits[c.number] = v
		if picked = append(picked, v); len(picked) == count {
			break
		}
	}
	return picked, nil
}

func (d *Demo) release(v *visit) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.visits, v.caller.number)
}

// visit is a caller's whole call.
func (d *Demo) visit(v *visit, wait time.Duration, voice *media.Sound) {
	defer d.release(v)
	if !d.pause(wait, nil) {
		return
	}
	k, err := d.Carrier.Call(d.ctx, d.target(v.called, v.caller), carrier.Behaviour{})
	if err != nil {
		d.Log.Warn("caller of the demo cannot call", "number", v.called, "error", err)
		return
	}
	if d.Live == nil {
		d.spawn(func() { d.takeOnAnswer(v, k) })
	}
	if d.waitForAgent(v, k) {
		d.talk(k, voice)
	}
	k.HangUp()
	<-k.Over()
	if end, _ := k.End(); end.ByPeer && end.Code >= 400 {
		d.Log.Warn("caller of the demo was refused", "number", v.called, "code", end.Code, "cause", end.Cause.Words())
	}
}

// waitForAgent waits as long as the caller's patience lasts; false when nobody came.
func (d *Demo) waitForAgent(v *visit, k *carrier.Call) bool {
	patience := time.NewTimer(d.timing.patience + rand.N(d.timing.patience))
	defer patience.Stop()
	select {
	case <-v.talking:
		return true
	case <-patience.C:
	case <-k.Over():
	case <-d.ctx.Done():
	}
	return false
}

// talk says the speech, and stays for a while.
func (d *Demo) talk(k *carrier.Call, voice *media.Sound) {
	select {
	case <-k.Say(voice, false):
	case <-d.ctx.Done():
	}
	d.pause(d.timing.stay, k.Over())
}

// pause lets time pass; false when the demo closes or over comes first.
func (d *Demo) pause(length time.Duration, over <-chan struct{}) bool {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-over:
	case <-d.ctx.Done():
	}
	return false
}

func (d *Demo) takeOnAnswer(v *visit, k *carrier.Call) {
	select {
	case <-k.Answered():
		d.taken(v.org, string(v.caller.number))
	case <-k.Over():
	}
}

// watch looks at the live picture of an organisation, for a queue answers long before an agent does.
func (d *Demo) watch(org id.Org) {
	if d.Live == nil {
		return
	}
	d.mu.Lock()
	known := d.watched[org]
	d.watched[org] = true
	d.mu.Unlock()
	if known {
		return
	}
	feed := d.Live.Subscribe(live.Viewer{Org: org, Role: access.Admin})
	d.spawn(func() {
		defer feed.Close()
		for {
			message, err := feed.Next(d.ctx)
			if err != nil {
				return
			}
			d.see(org, message)
		}
	})
}

func (d *Demo) see(org id.Org, message live.Message) {
	switch picture := message.Data.(type) {
	case live.Snapshot:
		for _, a := range picture.Agents {
			d.seeAgent(org, a)
		}
	case live.Agent:
		d.seeAgent(org, picture)
	}
}

func (d *Demo) seeAgent(org id.Org, a live.Agent) {
	if a.Call != nil {
		d.taken(org, a.Call.Number)
	}
}

// taken tells a caller that an agent is there.
func (d *Demo) taken(org id.Org, number string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	v := d.visits[tel.Number(number)]
	if v != nil && v.org == org && !v.taken {
		v.taken = true
		close(v.talking)
	}
}
