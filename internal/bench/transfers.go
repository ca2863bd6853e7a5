package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"parley/internal/id"
)

const (
	transferring = 8 // agents who transfer at the same moment
	handOvers    = 50
)

// measureTransfers has calls without sound change hands between two desk phones, again and again: cold, where the agent leaves at once,
// and warm, where the other one is spoken to on line 2 first. The cost is that of the transfer alone; the calls stand before.
func measureTransfers(ctx context.Context, r *run) error {
	c, err := r.centre(ctx)
	if err != nil {
		return err
	}
	hands, err := c.connectAll(ctx, handOvers)
	if err != nil {
		return err
	}
	own, err := c.own(ctx)
	if err != nil {
		return err
	}
	for _, way := range []struct {
		name string
		move func(context.Context, *hand) error
	}{{"cold", c.handOver}, {"warm", c.introduce}} {
		rounds := pick(r.Options, 2, 20)
		if err := pass(ctx, hands, way.move); err != nil { // warms the server up
			return err
		}
		var moved time.Duration
		busy, took, err := c.used(func() error {
			began := time.Now()
			for range rounds {
				if err := pass(ctx, hands, way.move); err != nil {
					return err
				}
			}
			moved = time.Since(began)
			return pause(ctx, afterCall)
		})
		if err != nil {
			return err
		}
		all := float64(rounds * len(hands))
		r.add(figure("transfer, "+way.name+", to a desk phone: CPU", 1000*(busy.Seconds()-own*took.Seconds())/all, "ms of CPU"))
		r.add(figure("transfer, "+way.name+": reached", all/moved.Seconds(), "a second"))
	}
	var callers []*line
	for _, h := range hands {
		callers = append(callers, h.caller)
	}
	return c.release(ctx, callers)
}

// hand is a call between a caller and one of two agents, who hand it to each other.
type hand struct {
	caller     *line
	call       id.Call
	has, wants member
	desk       *line      // the phone of who has it
	rang       chan *line // what arrives at either phone
}

// connectAll calls the first agents of the crew; each has one of the others for company.
func (c *centre) connectAll(ctx context.Context, count int) ([]*hand, error) {
	at := map[string]*hand{}
	hands := make([]*hand, count)
	for n := range hands {
		h := &hand{has: c.crew[n], wants: c.crew[count+n], rang: make(chan *line, 1)}
		hands[n], at[h.has.username], at[h.wants.username] = h, h, h
	}
	c.atArrival(func(l *line) {
		if h := at[string(l.phone)]; h != nil {
			h.rang <- l // there is never a second one: each call is with one agent or on its way to the other
		}
	})
	for _, h := range hands {
		h.caller = c.callers.dial(h.has.number, c.SIP)
		if err := h.caller.awaitAnswer(ctx); err != nil {
			return nil, err
		}
		var err error
		if h.desk, err = h.next(ctx); err != nil {
			return nil, err
		}
		if h.call, err = c.callOf(ctx, h.has); err != nil {
			return nil, err
		}
	}
	return hands, nil
}

// callOf is the newest call of an agent, as soon as it is kept.
func (c *centre) callOf(ctx context.Context, m member) (id.Call, error) {
	for limit := time.Now().Add(callWait); ; {
		which, err := c.newest(ctx, m)
		if which != "" || err != nil {
			return which, err
		}
		if time.Now().After(limit) {
			return "", fmt.Errorf("%s has no call", m.username)
		}
		if err := pause(ctx, settled); err != nil {
			return "", err
		}
	}
}

// newest is empty where there is none.
func (c *centre) newest(ctx context.Context, m member) (id.Call, error) {
	text, err := c.request(ctx, http.MethodGet, m, "/calls", "")
	if err != nil {
		return "", err
	}
	var page struct {
		Items []struct {
			ID id.Call `json:"id"`
		} `json:"items"`
	}
	if err := json.Unmarshal(text, &page); err != nil {
		return "", fmt.Errorf("calls of %s: %w", m.username, err)
	}
	if len(page.Items) == 0 {
		return "", nil
	}
	return page.Items[0].ID, nil
}

// next is the call that arrives at a phone, answered.
func (h *hand) next(ctx context.Context) (*line, error) {
	select {
	case l := <-h.rang:
		return l, l.awaitAnswer(ctx)
	case <-time.After(callWait):
		return nil, fmt.Errorf("the desk phone of %s did not ring", h.wants.username)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// settle waits until the call is at the other phone alone.
func (h *hand) settle(ctx context.Context, now *line) error {
	if err := h.desk.awaitEnd(ctx); err != nil {
		return err
	}
	h.desk, h.has, h.wants = now, h.wants, h.has
	return nil
}

func (h *hand) to() string { return fmt.Sprintf(`{"to":{"kind":"agent","target":%q}}`, h.wants.agent) }

// handOver transfers cold.
func (c *centre) handOver(ctx context.Context, h *hand) error {
	if err := c.post(ctx, h.has, "/calls/"+string(h.call)+"/transfer", h.to()); err != nil {
		return err
	}
	now, err := h.next(ctx)
	if err != nil {
		return err
	}
	return h.settle(ctx, now)
}

// introduce transfers warm.
func (c *centre) introduce(ctx context.Context, h *hand) error {
	if err := c.post(ctx, h.has, "/calls/"+string(h.call)+"/consult", h.to()); err != nil {
		return err
	}
	now, err := h.next(ctx)
	if err != nil {
		return err
	}
	if err := c.post(ctx, h.has, "/calls/"+string(h.call)+"/consult/complete", ""); err != nil {
		return err
	}
	return h.settle(ctx, now)
}

// pass moves every call once, a few at a time.
func pass(ctx context.Context, hands []*hand, move func(context.Context, *hand) error) error {
	next := make(chan *hand, len(hands))
	for _, h := range hands {
		next <- h
	}
	close(next)
	failed := make(chan error, len(hands))
	var all sync.WaitGroup
	for range transferring {
		all.Go(func() {
			for h := range next {
				if err := move(ctx, h); err != nil {
					failed <- fmt.Errorf("transfer from %s to %s: %w", h.has.username, h.wants.username, err)
					return
				}
			}
		})
	}
	all.Wait()
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}
