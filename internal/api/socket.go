package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/coder/websocket"

	"parley/internal/access"
	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/station"
	"parley/internal/store"
)

// said is what a page says over the socket.
type said struct {
	Kind  string   `json:"kind"`
	Offer id.Offer `json:"offer,omitempty"`
	On    bool     `json:"on,omitempty"`
}

// socketWrite bounds one write to a page: one that does not read is let go, and comes back by itself.
const socketWrite = 10 * time.Second

// liveSocket is the one WebSocket of a page: snapshot and numbered events out, proof of life in.
func (d *doors) liveSocket(w http.ResponseWriter, r *http.Request) {
	v, ok := d.admit(w, r, access.ReadLive)
	if !ok {
		return
	}
	// Accept refuses other origins, so that a stranger's page cannot listen with the user's cookie.
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{CompressionMode: websocket.CompressionContextTakeover})
	if err != nil {
		return
	}
	conn.SetReadLimit(64 << 10)
	look := live.Viewer{Org: v.org, Role: v.role, Tab: id.Tab(r.URL.Query().Get("tab")), User: v.user}
	if v.agent != nil {
		look.Agent = v.agent.ID
	}
	p := &page{doors: d, conn: conn, viewer: look, who: v, feed: d.Live.Subscribe(look), out: make(chan struct{})}
	d.pages.enter(p)
	defer d.pages.leave(p)
	p.run(r.Context())
}

// page is one open socket.
type page struct {
	*doors
	conn   *websocket.Conn
	viewer live.Viewer
	who    viewer
	feed   *live.Feed
	out    chan struct{} // closed when the session is over
}

func (p *page) run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer p.feed.Close()
	defer func() { _ = p.conn.CloseNow() }()
	p.tell(station.TabSeen{Tab: p.viewer.Tab})
	defer p.tell(station.TabLost{Tab: p.viewer.Tab})
	go func() {
		defer cancel()
		p.send(ctx)
	}()
	go p.watch(ctx)
	for {
		data, err := p.read(ctx)
		if err != nil {
			return
		}
		var s said
		if json.Unmarshal(data, &s) == nil {
			p.hear(ctx, s)
		}
	}
}

// pageSilence is how long a page may say nothing. It says that it is alive every 15 s, in a hidden tab every minute.
const pageSilence = 150 * time.Second

func (p *page) read(ctx context.Context) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, pageSilence)
	defer cancel()
	_, data, err := p.conn.Read(ctx)
	return data, err
}

// signedOutCode closes the socket of a page whose session is over; the page shows the sign-in and does not come back.
const signedOutCode websocket.StatusCode = 4401

// watch closes the socket when its session ends, by sign-out, by time, or because its user is somebody else now.
func (p *page) watch(ctx context.Context) {
	again := time.NewTicker(p.recheck)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.out:
			_ = p.conn.Close(signedOutCode, "signed out")
			return
		case <-again.C:
		}
		v, err := p.doors.viewer(ctx, p.who.token)
		switch {
		case errors.Is(err, store.ErrNotFound):
			_ = p.conn.Close(signedOutCode, "signed out")
			return
		case err == nil && !v.sees(p.who):
			_ = p.conn.Close(websocket.StatusServiceRestart, "rights changed") // the page comes back with what it may see now
			return
		}
	}
}

// hear takes what the page said. Whatever it says proves that it is alive (BX-54).
func (p *page) hear(ctx context.Context, s said) {
	p.tell(station.TabSeen{Tab: p.viewer.Tab})
	switch s.Kind {
	case "ack":
		p.tell(station.RingSeen{Offer: s.Offer, Tab: p.viewer.Tab})
	case "alive":
		p.write(ctx, live.Message{Kind: "alive", Data: map[string]time.Time{"at": clock.Now()}})
	case "people":
		p.feed.ShowPeople(s.On)
	case "places":
		p.feed.ShowPlaces(s.On)
	case "resync":
		p.feed.Resync()
	}
}

func (p *page) tell(s station.Signal) {
	if p.viewer.Agent != "" && p.viewer.Tab != "" {
		p.Exchange.TellStation(p.viewer.Agent, s)
	}
}

func (p *page) send(ctx context.Context) {
	for {
		m, err := p.feed.Next(ctx)
		if err != nil || !p.write(ctx, m) {
			return
		}
	}
}

func (p *page) write(ctx context.Context, m live.Message) bool {
	data, err := m.Encode()
	if err != nil {
		p.Log.Error("live message not sent", "kind", m.Kind, "err", err)
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, socketWrite)
	defer cancel()
	err = p.conn.Write(ctx, websocket.MessageText, data)
	if err != nil && !errors.Is(err, context.Canceled) {
		p.Log.Debug("page not reached", "agent", p.viewer.Agent, "err", err)
	}
	return err == nil
}
