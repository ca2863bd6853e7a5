package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
)

// envoy carries the ACME client's requests to the authority, and makes up for what the client lacks: it keeps the reason of
// a failed challenge to itself, says nothing at all when a renewal fails, and takes an order up again after it was finalised
// only where the answer names it, which RFC 8555 §7.4 does not ask of an authority (golang/go issue 77704).
type envoy struct {
	http.RoundTripper

	log  *slog.Logger
	told *lately

	mu     sync.Mutex        // guards orders
	orders map[string]string // where an order is, by where it is finalised
}

// ordersMost is how many orders are remembered: they live for minutes.
const ordersMost = 100

func newEnvoy(through http.RoundTripper, log *slog.Logger, told *lately) *envoy {
	return &envoy{RoundTripper: through, log: log, told: told, orders: map[string]string{}}
}

// acmeText is what we understand of the authority's words: a problem document (RFC 7807), an order (RFC 8555 §7.1.3) or an
// authorization (§7.1.4).
type acmeText struct {
	acmeProblem

	Finalize   string
	Identifier struct{ Value string }
	Challenges []struct {
		Type  string
		Error *acmeProblem
	}
}

type acmeProblem struct{ Type, Detail string }

// RoundTrip carries a request to the authority and its answer back.
func (e *envoy) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := e.RoundTripper.RoundTrip(r)
	if err != nil {
		e.warn(r.Context(), "certificate authority not reached", "at", r.URL.Host, "err", err)
		return nil, err
	}
	kind := res.Header.Get("Content-Type")
	if !strings.HasPrefix(kind, "application/json") && !strings.HasPrefix(kind, "application/problem+json") {
		return res, nil
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		_ = res.Body.Close()
		return nil, err
	}
	res.Body = overheardBody{bytes.NewReader(body), res.Body}
	var said acmeText
	if json.Unmarshal(body, &said) == nil {
		e.nameOrder(r, res, said.Finalize)
		e.tell(r.Context(), res.StatusCode, said)
	}
	return res, nil
}

// nameOrder remembers where a new order is, and says so in the answer to its finalisation.
func (e *envoy) nameOrder(r *http.Request, res *http.Response, finalize string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	at := res.Header.Get("Location")
	if order, known := e.orders[r.URL.String()]; known && at == "" {
		res.Header.Set("Location", order)
	}
	if at == "" || finalize == "" {
		return
	}
	if len(e.orders) >= ordersMost {
		clear(e.orders)
	}
	e.orders[finalize] = at
}

// tell logs what the authority says against us.
func (e *envoy) tell(ctx context.Context, status int, said acmeText) {
	if status >= http.StatusBadRequest && !strings.HasSuffix(said.Type, ":badNonce") { // that one is tried again
		e.warn(ctx, "certificate authority refuses", "type", said.Type, "detail", said.Detail)
	}
	for _, c := range said.Challenges {
		if c.Error != nil {
			e.warn(ctx, "certificate authority could not make sure that the name is ours", "name", said.Identifier.Value,
				"challenge", c.Type, "type", c.Error.Type, "detail", c.Error.Detail)
		}
	}
}

func (e *envoy) warn(ctx context.Context, what string, about ...any) {
	key := []string{what}
	for _, a := range about {
		if text, ok := a.(string); ok {
			key = append(key, text)
		}
	}
	if e.told.isNews(strings.Join(key, "\x00")) {
		e.log.WarnContext(ctx, what, about...)
	}
}

// overheardBody is a body that was read already.
type overheardBody struct {
	io.Reader
	io.Closer
}
