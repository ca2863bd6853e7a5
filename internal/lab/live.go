package lab

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"

	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/presence"
)

// Live is a page's socket: it keeps the picture as a page does.
type Live struct {
	client *Client
	tab    id.Tab
	conn   *websocket.Conn
	cancel context.CancelFunc

	mu      sync.Mutex // guards what follows
	picture live.Snapshot
	seq     int64
	gaps    int
	mute    bool // rings are not acknowledged, and nothing is said
	rings   []live.Ring
	over    bool
	err     error
}

// message is live.Message before its content is known.
type message struct {
	Seq  int64           `json:"seq"`
	Kind string          `json:"kind"`
	Data json.RawMessage `json:"data"`
}

// Live opens the socket of a tab and waits for the first picture. It acknowledges rings at once, as the page does.
func (c *Client) Live(tab id.Tab) *Live {
	c.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	c.t.Cleanup(cancel)
	header := http.Header{}
	site, err := url.Parse(c.world.HTTP)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, cookie := range c.http.Jar.Cookies(site) {
		header.Add("Cookie", cookie.String())
	}
	at := "ws" + strings.TrimPrefix(c.world.HTTP, "http") + "/api/live?tab=" + url.QueryEscape(string(tab))
	conn, response, err := websocket.Dial(ctx, at, &websocket.DialOptions{HTTPHeader: header})
	if err != nil {
		c.t.Fatalf("open the live socket: %v", err)
	}
	if response.Body != nil {
		_ = response.Body.Close() // it is empty: the connection has its own way
	}
	conn.SetReadLimit(4 << 20)
	l := &Live{client: c, tab: tab, conn: conn, cancel: cancel}
	go l.read(ctx)
	go l.live(ctx)
	Eventually(c.t, "the first picture", func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.seq > 0
	})
	return l
}

// Close closes the socket as a page that is left does.
func (l *Live) Close() { l.cancel() }

// Mute makes the page freeze: the socket stays, nothing is acknowledged or said any more.
func (l *Live) Mute(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mute = on
}

func (l *Live) muted() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.mute
}

// live says every 15 s that the page is there.
func (l *Live) live(ctx context.Context) {
	tick := time.NewTicker(15 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			l.say(ctx, map[string]string{"kind": "alive"})
		}
	}
}

func (l *Live) say(ctx context.Context, what any) {
	if l.muted() {
		return
	}
	data, err := json.Marshal(what)
	if err != nil {
		return
	}
	_ = l.conn.Write(ctx, websocket.MessageText, data)
}

func (l *Live) read(ctx context.Context) {
	for {
		_, data, err := l.conn.Read(ctx)
		if err != nil {
			l.mu.Lock()
			l.over, l.err = true, err
			l.mu.Unlock()
			return
		}
		var m message
		if err := json.Unmarshal(data, &m); err == nil {
			l.take(ctx, m)
		}
	}
}

func (l *Live) take(ctx context.Context, m message) {
	l.mu.Lock()
	if m.Seq != 0 {
		if m.Kind != "snapshot" && m.Seq != l.seq+1 {
			l.gaps++
		}
		l.seq = m.Seq
	}
	l.apply(m)
	l.mu.Unlock()
	switch m.Kind {
	case "ring":
		var r live.Ring
		if json.Unmarshal(m.Data, &r) == nil {
			l.say(ctx, map[string]string{"kind": "ack", "offer": string(r.Offer)})
		}
	case "probe":
		l.say(ctx, map[string]string{"kind": "alive"})
	}
}

// apply brings the picture up to date.
func (l *Live) apply(m message) {
	p := &l.picture
	switch m.Kind {
	case "snapshot":
		*p = read[live.Snapshot](m.Data)
	case "me":
		p.Me = read[live.Me](m.Data)
	case "queue":
		q := read[live.Queue](m.Data)
		p.Queues = put(p.Queues, q, func(o live.Queue) bool { return o.ID == q.ID })
	case "agent":
		a := read[live.Agent](m.Data)
		p.Agents = put(p.Agents, a, func(o live.Agent) bool { return o.ID == a.ID })
	case "waiting":
		w := read[live.Waiting](m.Data)
		p.Waiting = put(p.Waiting, w, func(o live.Waiting) bool { return o.Call == w.Call })
	case "presence":
		p.Presence = read[presence.Look](m.Data)
	case "parked":
		k := read[live.Parked](m.Data)
		p.Parked = put(p.Parked, k, func(o live.Parked) bool { return o.Slot == k.Slot })
	case "parked.gone":
		g := read[live.Freed](m.Data)
		p.Parked = slices.DeleteFunc(slices.Clone(p.Parked), func(o live.Parked) bool { return o.Slot == g.Slot })
	case "help":
		h := read[live.Help](m.Data)
		p.Helps = put(p.Helps, h, func(o live.Help) bool { return o.Call == h.Call })
	case "help.gone":
		g := read[live.Gone](m.Data)
		p.Helps = slices.DeleteFunc(slices.Clone(p.Helps), func(o live.Help) bool { return o.Call == g.Call })
	case "waiting.gone":
		g := read[live.Gone](m.Data)
		p.Waiting = slices.DeleteFunc(slices.Clone(p.Waiting), func(o live.Waiting) bool { return o.Call == g.Call })
	case "override":
		o := read[live.Override](m.Data)
		p.Overrides = put(p.Overrides, o, func(old live.Override) bool { return old.ID == o.ID })
	case "bell":
		p.Bell = read[live.Bell](m.Data)
	case "ring":
		l.rings = append(l.rings, read[live.Ring](m.Data))
	}
}

func read[T any](data json.RawMessage) T {
	var v T
	_ = json.Unmarshal(data, &v)
	return v
}

// put replaces what is the same, or adds.
func put[T any](list []T, one T, same func(T) bool) []T {
	list = slices.Clone(list)
	if i := slices.IndexFunc(list, same); i >= 0 {
		list[i] = one
		return list
	}
	return append(list, one)
}

// Picture is the picture now.
func (l *Live) Picture() live.Snapshot {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.picture
}

// Rings lists the rings so far.
func (l *Live) Rings() []live.Ring {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.rings)
}

// Gaps is how many numbers were missing between events: 0 is right.
func (l *Live) Gaps() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.gaps
}

// Wait waits until the picture is as wanted and gives it.
func (l *Live) Wait(what string, ok func(live.Snapshot) bool) live.Snapshot {
	l.client.t.Helper()
	var p live.Snapshot
	if !Comes(Patience, func() bool { p = l.Picture(); return ok(p) }) {
		me, _ := json.Marshal(p.Me)
		l.client.t.Fatalf("the picture of %s did not show: %s. It shows %s, %d waiting", l.client.User.Email, what, me, len(p.Waiting))
	}
	return p
}
