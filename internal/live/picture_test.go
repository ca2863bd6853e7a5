package live

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/presence"
)

// page is the receiving side: what web/src/live/picture.ts does, in Go.
type page struct {
	t      *testing.T
	feed   *Feed
	seq    int64
	see    Snapshot
	heard  map[string]int
	rings  []Ring
	resets int

	notices []Notice
}

func open(t *testing.T, h *Hub, v Viewer) *page {
	p := &page{t: t, feed: h.Subscribe(v), heard: map[string]int{}}
	t.Cleanup(p.feed.Close)
	return p
}

// read takes everything that waits.
func (p *page) read() {
	for {
		m, ok := p.feed.take()
		if !ok {
			return
		}
		p.apply(m)
	}
}

// apply takes in one message as the page gets it: as JSON.
func (p *page) apply(m Message) {
	p.t.Helper()
	p.heard[m.Kind]++
	if m.Kind == "snapshot" {
		p.see, p.seq = copied[Snapshot](p.t, m), m.Seq
		p.resets++
		return
	}
	if m.Seq == 0 {
		return
	}
	if m.Seq != p.seq+1 {
		p.t.Fatalf("event %d after %d", m.Seq, p.seq)
	}
	p.seq = m.Seq
	switch m.Kind {
	case "notice":
		p.notices = append(p.notices, copied[Notice](p.t, m))
	case "me":
		p.see.Me = copied[Me](p.t, m)
	case "queue":
		p.see.Queues = upsert(p.see.Queues, copied[Queue](p.t, m), func(q Queue) id.Queue { return q.ID })
	case "agent":
		p.see.Agents = upsert(p.see.Agents, copied[Agent](p.t, m), func(a Agent) id.Agent { return a.ID })
	case "waiting":
		p.see.Waiting = upsert(p.see.Waiting, copied[Waiting](p.t, m), func(w Waiting) id.Call { return w.Call })
	case "waiting.gone":
		gone := copied[Gone](p.t, m)
		p.see.Waiting = slices.DeleteFunc(p.see.Waiting, func(w Waiting) bool { return w.Call == gone.Call })
	case "parked":
		p.see.Parked = upsert(p.see.Parked, copied[Parked](p.t, m), func(one Parked) string { return one.Slot })
	case "parked.gone":
		gone := copied[Freed](p.t, m)
		p.see.Parked = slices.DeleteFunc(p.see.Parked, func(one Parked) bool { return one.Slot == gone.Slot })
	case "help":
		p.see.Helps = upsert(p.see.Helps, copied[Help](p.t, m), func(one Help) id.Call { return one.Call })
	case "help.gone":
		gone := copied[Gone](p.t, m)
		p.see.Helps = slices.DeleteFunc(p.see.Helps, func(one Help) bool { return one.Call == gone.Call })
	case "bell":
		p.see.Bell = copied[Bell](p.t, m)
	case "mailboxes":
		p.see.Mailboxes = copied[[]MailboxCount](p.t, m)
	case "presence":
		p.see.Presence = copied[presence.Look](p.t, m)
	case "place":
		p.see.Places = upsert(p.see.Places, copied[Place](p.t, m), func(one Place) dest.Destination { return one.Destination })
		p.see.Places = slices.DeleteFunc(p.see.Places, func(one Place) bool { return one.Live == 0 })
		slices.SortFunc(p.see.Places, func(a, b Place) int {
			return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Target, b.Target))
		})
	case "person":
		p.see.People = upsert(p.see.People, copied[Person](p.t, m), func(one Person) id.User { return one.User })
	case "ring":
		p.rings = append(p.rings, copied[Ring](p.t, m))
	}
}

func copied[T any](t *testing.T, m Message) T {
	t.Helper()
	var v T
	data, err := json.Marshal(m.Data)
	if err == nil {
		err = json.Unmarshal(data, &v)
	}
	if err != nil {
		t.Fatal(m.Kind, err)
	}
	return v
}

func upsert[T any, K comparable](list []T, item T, key func(T) K) []T {
	at := slices.IndexFunc(list, func(old T) bool { return key(old) == key(item) })
	if at < 0 {
		return append(list, item)
	}
	list[at] = item
	return list
}

// shown is the picture as JSON, without the server's time; the waiting stand in an order of their own.
func shown(t *testing.T, s Snapshot) string {
	t.Helper()
	s.Now, s.Waiting, s.Helps = time.Time{}, slices.Clone(s.Waiting), slices.Clone(s.Helps)
	slices.SortFunc(s.Helps, func(a, b Help) int { return cmp.Compare(a.Call, b.Call) })
	slices.SortFunc(s.Waiting, func(a, b Waiting) int { return cmp.Compare(a.Call, b.Call) })
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", " ")
	if err := e.Encode(s); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestEveryViewerSeesTheTruth lets anything happen to a contact centre of real machines: what each page has made of its
// events is what a new page is given, whether it reads at once or late.
func TestEveryViewerSeesTheTruth(t *testing.T) {
	kinds := map[string]int{}
	for seed := range uint64(25) {
		chance := rand.New(rand.NewPCG(seed, 3))
		w := newWorld(t)
		pages := map[string]*page{}
		for name, v := range viewers() {
			pages[name] = open(t, w.hub, v)
		}
		for range 150 {
			w.step(chance)
			w.wait(time.Duration(chance.IntN(4)) * time.Second)
			for name, p := range pages {
				if chance.IntN(15) == 0 {
					p.read()
					compare(t, w, seed, name, p)
				}
			}
		}
		for name, p := range pages {
			p.read()
			compare(t, w, seed, name, p)
			for kind, n := range p.heard {
				kinds[kind] += n
			}
			p.feed.Close()
		}
	}
	for _, kind := range []string{"snapshot", "me", "queue", "agent", "waiting", "waiting.gone", "ring", "call.updated", "help", "help.gone"} {
		if kinds[kind] < 25 {
			t.Errorf("chance hardly tries %s: %d", kind, kinds[kind])
		}
	}
}

func compare(t *testing.T, w *world, seed uint64, name string, p *page) {
	t.Helper()
	fresh := open(t, w.hub, p.feed.viewer)
	defer fresh.feed.Close()
	fresh.read()
	if got, want := shown(t, p.see), shown(t, fresh.see); got != want {
		t.Fatalf("seed %d: the %s sees\n%s\nand the truth is\n%s", seed, name, got, want)
	}
}

// TestScope shows who may see what (MN-5).
func TestScope(t *testing.T) {
	tests := []struct {
		viewer          string
		queues          []id.Queue
		agents          []id.Agent
		waiting, update int
	}{
		{"agent", []id.Queue{"sales"}, nil, 0, 0},
		{"supervisor", []id.Queue{"sales", "support"}, []id.Agent{"ann", "bob", "cleo"}, 2, 2},
		{"of support", []id.Queue{"support"}, []id.Agent{"bob", "cleo"}, 1, 1},
		{"admin", []id.Queue{"sales", "support"}, []id.Agent{"ann", "bob", "cleo"}, 2, 2},
		{"stranger", nil, nil, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.viewer, func(t *testing.T) {
			w := newWorld(t)
			early := open(t, w.hub, viewers()[test.viewer])
			sales, support := w.arrive("sales"), w.arrive("support")
			early.read()
			late := open(t, w.hub, viewers()[test.viewer])
			late.read()
			for _, p := range []*page{early, late} {
				var queues []id.Queue
				for _, q := range p.see.Queues {
					queues = append(queues, q.ID)
				}
				var agents []id.Agent
				for _, a := range p.see.Agents {
					agents = append(agents, a.ID)
				}
				if !slices.Equal(queues, test.queues) || !slices.Equal(agents, test.agents) || len(p.see.Waiting) != test.waiting {
					t.Errorf("sees queues %v, agents %v, %d waiting", queues, agents, len(p.see.Waiting))
				}
			}
			before := early.heard["call.updated"]
			w.hangUp(sales)
			w.hangUp(support)
			early.read()
			if got := early.heard["call.updated"] - before; got < test.update || test.update == 0 && got > 0 {
				t.Errorf("told of %d changed calls, want %d", got, test.update)
			}
		})
	}
}

// TestNext waits for what comes and ends with its page.
func TestNext(t *testing.T) {
	w := newWorld(t)
	p := open(t, w.hub, viewers()["admin"])
	p.read()
	ctx, cancel := context.WithCancel(context.Background())
	type heard struct {
		m   Message
		err error
	}
	got := make(chan heard, 1)
	go func() {
		m, err := p.feed.Next(ctx)
		got <- heard{m, err}
	}()
	w.start("ann")
	h := <-got
	if h.err != nil || h.m.Kind != "agent" {
		t.Fatalf("heard %s, %v", h.m.Kind, h.err)
	}
	p.apply(h.m)
	p.read()
	cancel()
	if _, err := p.feed.Next(ctx); err == nil {
		t.Error("a closed page still hears")
	}
}
