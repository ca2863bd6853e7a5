package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/coder/websocket"

	"parley/internal/id"
	"parley/internal/live"
)

// page is the socket of an agent's page, which answers every call that rings.
type page struct {
	centre *centre
	member member
	tab    id.Tab
	conn   *websocket.Conn
	failed func(error)
}

// openPage opens the socket. It closes with ctx.
func (c *centre) openPage(ctx context.Context, m member, failed func(error)) (*page, error) {
	p := &page{centre: c, member: m, tab: id.New[id.Tab](), failed: failed}
	at := "ws" + strings.TrimPrefix(c.HTTP, "http") + "/api/live?tab=" + url.QueryEscape(string(p.tab))
	conn, response, err := websocket.Dial(ctx, at, &websocket.DialOptions{
		HTTPHeader: http.Header{"Cookie": {(&http.Cookie{Name: "parley_session", Value: m.session}).String()}},
	})
	if err != nil {
		return nil, fmt.Errorf("open the page of %s: %w", m.username, err)
	}
	if response.Body != nil {
		_ = response.Body.Close() // it is empty: the connection has its own way
	}
	conn.SetReadLimit(4 << 20)
	p.conn = conn
	go p.read(ctx)
	return p, nil
}

func (p *page) read(ctx context.Context) {
	for {
		_, data, err := p.conn.Read(ctx)
		if err != nil {
			return // closed, with ctx or by the server's end
		}
		var m struct {
			Kind string          `json:"kind"`
			Data json.RawMessage `json:"data"`
		}
		if err = json.Unmarshal(data, &m); err == nil {
			err = p.take(ctx, m.Kind, m.Data)
		}
		if err != nil {
			p.failed(fmt.Errorf("page of %s: %w", p.member.username, err))
		}
	}
}

func (p *page) take(ctx context.Context, kind string, data json.RawMessage) error {
	switch kind {
	case "probe":
		return p.conn.Write(ctx, websocket.MessageText, []byte(`{"kind":"alive"}`))
	case "ring":
		var r live.Ring
		if err := json.Unmarshal(data, &r); err != nil {
			return err
		}
		ack := fmt.Appendf(nil, `{"kind":"ack","offer":%q}`, r.Offer)
		if err := p.conn.Write(ctx, websocket.MessageText, ack); err != nil {
			return err
		}
		return p.centre.post(ctx, p.member, "/offers/"+string(r.Offer)+"/answer", fmt.Sprintf(`{"tab":%q}`, p.tab))
	}
	return nil
}
