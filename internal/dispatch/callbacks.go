package dispatch

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
)

// Callbacks keeps the places of customers who wait without a call (QU-11), so that neither a restart nor a panic of the ACD
// loses them. Kept and Gone return at once.
type Callbacks interface {
	// Stored reads what an earlier program kept. It is asked once for each organisation.
	Stored(org id.Org) ([]acd.BookCallback, error)
	Kept(org id.Org, b acd.BookCallback)
	Gone(org id.Org, which id.Callback)
}

// Pending lists the callbacks of an organisation that are not done yet, the earliest entry first.
func (d *Dispatch) Pending(org id.Org) []acd.BookCallback {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.SortedFunc(maps.Values(d.kept[org]), func(a, b acd.BookCallback) int {
		return cmp.Or(a.EnteredAt.Compare(b.EnteredAt), cmp.Compare(a.Callback, b.Callback))
	})
}

// noteCallback keeps what a callback is now, or forgets one that is over.
func (k *desk) noteCallback(e acd.Event) {
	switch e := e.(type) {
	case acd.CallbackKept:
		k.d.keep(k.org, e.BookCallback)
	case acd.Left:
		if e.Callback {
			k.d.drop(k.org, id.Callback(e.Call))
		}
	}
}

func (d *Dispatch) keep(org id.Org, b acd.BookCallback) {
	d.mu.Lock()
	if d.kept[org] == nil {
		d.kept[org] = map[id.Callback]acd.BookCallback{}
	}
	d.kept[org][b.Callback] = b
	d.mu.Unlock()
	if d.Config.Callbacks != nil {
		d.Config.Callbacks.Kept(org, b)
	}
}

func (d *Dispatch) drop(org id.Org, which id.Callback) {
	d.mu.Lock()
	delete(d.kept[org], which)
	d.mu.Unlock()
	if d.Config.Callbacks != nil {
		d.Config.Callbacks.Gone(org, which)
	}
}

// recall reads once what an earlier program kept.
func (d *Dispatch) recall(org id.Org) {
	d.mu.Lock()
	known := d.kept[org] != nil
	d.mu.Unlock()
	if known || d.Config.Callbacks == nil {
		return
	}
	stored, err := d.Config.Callbacks.Stored(org)
	if err != nil {
		d.Log.Error("stored callbacks not read: they wait for the next start", "org", org, "err", err)
	}
	all := map[id.Callback]acd.BookCallback{}
	for _, b := range stored {
		all[b.Callback] = b
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.kept[org] = all
}

// withCallbacks adds the callbacks to what an ACD is rebuilt from, each at its place among those who wait. What names an
// attempt in it, by a call that lives, goes with its callback.
func (d *Dispatch) withCallbacks(org id.Org, all []acd.Signal) []acd.Signal {
	d.recall(org)
	attempts := map[id.Callback]acd.BookCallback{}
	all = slices.DeleteFunc(all, func(s acd.Signal) bool {
		b, is := s.(acd.BookCallback)
		if is {
			attempts[b.Callback] = b
		}
		return is
	})
	for _, b := range d.Pending(org) {
		b.Resumed, b.Attempt, b.Agent = true, attempts[b.Callback].Attempt, attempts[b.Callback].Agent
		all = append(all, b)
	}
	slices.SortStableFunc(all, func(a, b acd.Signal) int {
		entered, waits := enteredAt(a)
		other, too := enteredAt(b)
		switch {
		case waits && too:
			return entered.Compare(other)
		case waits:
			return 1
		case too:
			return -1
		}
		return 0
	})
	return all
}

// enteredAt is when somebody began to wait; false for all else.
func enteredAt(s acd.Signal) (at time.Time, waits bool) {
	switch s := s.(type) {
	case acd.Enqueue:
		return s.EnteredAt, true
	case acd.BookCallback:
		return s.EnteredAt, true
	}
	return time.Time{}, false
}

// dropRefused forgets a callback that a rebuilt ACD does not take: its queue is no more.
func (k *desk) dropRefused(actions []acd.Action) {
	for _, a := range actions {
		if r, refused := a.(acd.CallbackRefused); refused {
			k.d.drop(k.org, r.Callback)
		}
	}
}

// place begins the call of an attempt, or says that it cannot.
func (k *desk) place(a acd.PlaceCallback) {
	err := k.d.CallBack(k.org, a)
	if err == nil {
		return
	}
	k.d.Log.Warn("callback not begun", "org", k.org, "callback", a.Callback, "err", err)
	k.d.Tell(k.org, acd.Leave{Call: a.Call, Result: acd.LeftAbandoned})
}

// answeredTooLate ends an attempt whose agent answered when another had taken the callback already. Calls that are none
// pass it over.
func (k *desk) answeredTooLate(s acd.Signal) {
	if o, is := s.(acd.OfferEnded); is && o.Result == acd.Answered {
		k.d.toCall(o.Call, call.Dismissed{Result: string(acd.LeftTransferred)})
	}
}

// RefusedCallback says why a person cannot have a customer called back: "pending" for this number already, "full", "closed"
// or "unknown" queue.
type RefusedCallback string

func (r RefusedCallback) Error() string { return "no callback is booked: " + string(r) }

// Book has a customer called back whom no call stands for; the error may be a RefusedCallback.
func (d *Dispatch) Book(ctx context.Context, org id.Org, b acd.BookCallback) error {
	return d.Ask(ctx, org, b)
}

// refusedBooking makes an error of the refusal to a person: no call is there to hear of it.
func refusedBooking(s acd.Signal, actions []acd.Action) error {
	if b, is := s.(acd.BookCallback); !is || b.Call != "" {
		return nil
	}
	for _, a := range actions {
		if r, refused := a.(acd.CallbackRefused); refused {
			return RefusedCallback(r.Why)
		}
	}
	return nil
}
