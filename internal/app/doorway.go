package app

import (
	"context"
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"parley/internal/door"
)

const (
	// greetingTime is how long a connection to the HTTPS port may take until it is known what it speaks.
	greetingTime = 10 * time.Second
	// greetingLimit is how many connections may be at that at a time.
	greetingLimit = 2048
	// greetingsOfOne is how many of these one subscriber may have: an office has many browsers behind one address.
	greetingsOfOne = 256
)

// doorway is the HTTPS port. It shakes hands and gives HTTP to the web server and TURN to the relay, so that sound needs
// no other port than 443 where a network lets nothing else through.
type doorway struct {
	listener net.Listener
	config   *tls.Config
	web      *corridor
	turn     *corridor
	greeting *door.Crowd // the connections that are being greeted
	ends     context.CancelFunc
	done     sync.WaitGroup
}

func openDoorway(listener net.Listener, config *tls.Config, log *slog.Logger) *doorway {
	ctx, cancel := context.WithCancel(context.Background())
	d := &doorway{
		listener: door.Steady(listener, log, "connection to HTTPS not taken"), config: config,
		web: newCorridor(listener.Addr()), turn: newCorridor(listener.Addr()), greeting: door.NewCrowd(greetingLimit, greetingsOfOne), ends: cancel,
	}
	d.done.Go(func() { d.accept(ctx) })
	return d
}

func (d *doorway) accept(ctx context.Context) {
	defer func() { _ = d.web.Close() }()
	defer func() { _ = d.turn.Close() }()
	for {
		conn, err := d.listener.Accept()
		if err != nil {
			return
		}
		from := door.AddrOf(conn.RemoteAddr())
		if !d.greeting.Enter(from) {
			_ = conn.Close()
			continue
		}
		d.done.Go(func() {
			defer d.greeting.Leave(from)
			d.greet(ctx, conn)
		})
	}
}

// greet finds out what a connection speaks. Browsers name HTTP by ALPN (RFC 7301); who names nothing tells by the first
// byte: a method of HTTP is letters, a STUN message begins with two zero bits (RFC 7983 §7).
func (d *doorway) greet(ctx context.Context, raw net.Conn) {
	ctx, cancel := context.WithTimeout(ctx, greetingTime)
	defer cancel()
	stay := context.AfterFunc(ctx, func() { _ = raw.Close() })
	conn := tls.Server(raw, d.config)
	if err := conn.HandshakeContext(ctx); err != nil {
		_ = raw.Close()
		return
	}
	if conn.ConnectionState().NegotiatedProtocol != "" {
		if stay() {
			d.web.put(conn)
		}
		return
	}
	first := make([]byte, 1)
	if _, err := io.ReadFull(conn, first); err != nil || !stay() {
		_ = conn.Close()
		return
	}
	if told := (&overheard{Conn: conn, first: first}); first[0] < 0x40 {
		d.turn.put(told)
	} else {
		d.web.put(told)
	}
}

// Close takes no more connections; those that were given on live.
func (d *doorway) Close() error {
	d.ends()
	err := d.listener.Close()
	d.done.Wait()
	return err
}

// overheard is a connection of which a byte was read already.
type overheard struct {
	*tls.Conn

	first []byte
}

func (c *overheard) Read(p []byte) (int, error) {
	if len(c.first) == 0 {
		return c.Conn.Read(p)
	}
	n := copy(p, c.first)
	c.first = c.first[n:]
	return n, nil
}

type overheardKey struct{}

// keepTLS lets withTLS find the TLS of an overheard connection: the web server knows only that of a bare one.
func keepTLS(ctx context.Context, c net.Conn) context.Context {
	if o, ok := c.(*overheard); ok {
		return context.WithValue(ctx, overheardKey{}, o)
	}
	return ctx
}

func withTLS(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if o, ok := r.Context().Value(overheardKey{}).(*overheard); ok && r.TLS == nil {
			state := o.ConnectionState()
			r = r.WithContext(r.Context()) // a request is not ours to change; this is a copy
			r.TLS = &state
		}
		next.ServeHTTP(w, r)
	})
}

// corridor is a listener of connections that somebody else has accepted.
type corridor struct {
	addr  net.Addr
	conns chan net.Conn
	shut  chan struct{}
	once  sync.Once
}

func newCorridor(addr net.Addr) *corridor {
	return &corridor{addr: addr, conns: make(chan net.Conn), shut: make(chan struct{})}
}

func (c *corridor) put(conn net.Conn) {
	select {
	case c.conns <- conn:
	case <-c.shut:
		_ = conn.Close()
	}
}

// Accept waits for the next connection; after Close it gives net.ErrClosed.
func (c *corridor) Accept() (net.Conn, error) {
	select {
	case conn := <-c.conns:
		return conn, nil
	case <-c.shut:
		return nil, net.ErrClosed
	}
}

// Close ends Accept.
func (c *corridor) Close() error {
	c.once.Do(func() { close(c.shut) })
	return nil
}

// Addr is that of the port.
func (c *corridor) Addr() net.Addr { return c.addr }
