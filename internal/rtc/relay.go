package rtc

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // the REST scheme of TURN credentials is HMAC-SHA1
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/pion/stun/v4"
	"github.com/pion/turn/v5"
)

const (
	// passLife is for how long a pass opens relays. Those that are open stay open: a shift is longer.
	passLife = time.Hour
	// relaysOfOne is how many relays one agent may have at a time: a browser opens one per network interface and path,
	// and while ICE restarts as many again.
	relaysOfOne = 64
	realm       = "parley"
)

// RelayConfig says where browsers reach the TURN relay (RFC 8656). It carries sound to this server's own port and to
// nowhere else, for networks that let UDP through to few ports or to none.
type RelayConfig struct {
	// Listen is the host:port for TURN over UDP and over TCP; "" for neither.
	Listen string
	// Secure gives connections that speak TURN inside of TLS; nil for none. The relay closes it.
	Secure net.Listener
}

// relay is the TURN server. It is open to whoever has a pass, and a pass leads only here.
type relay struct {
	turn   *turn.Server
	secret [32]byte // of the passes; a page whose pass is older than the program asks for another
	bound  netip.AddrPort
	udp    net.PacketConn
	tcp    *visitors
	tls    *visitors
	quota  quota
}

// Pass is what a page needs to use the relay.
type Pass struct {
	Username string // "expiry:user", expiry in seconds since 1970
	Password string
	Expires  time.Time
}

// OpenRelay adds the relay to the server; it is called once, before the first Pass. A taken port is an error that
// names it.
func (s *Server) OpenRelay(c RelayConfig) error {
	target, err := s.relayTarget()
	if err != nil {
		return err
	}
	r := &relay{}
	if _, err := rand.Read(r.secret[:]); err != nil {
		return fmt.Errorf("make the relay's secret: %w", err)
	}
	if err := r.listen(c, s.log); err != nil {
		r.closeDoors()
		return err
	}
	if r.turn, err = turn.NewServer(r.config(s, target)); err != nil {
		r.closeDoors()
		return fmt.Errorf("open the relay: %w", err)
	}
	s.mu.Lock()
	s.relay = r
	s.mu.Unlock()
	return nil
}

func (r *relay) listen(c RelayConfig, log *slog.Logger) (err error) {
	if c.Secure != nil {
		r.tls = newVisitors(c.Secure, log)
	}
	if c.Listen == "" {
		return nil
	}
	var sockets net.ListenConfig
	tcp, err := sockets.Listen(context.Background(), "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen for TURN on TCP %s: %w", c.Listen, err)
	}
	r.tcp = newVisitors(tcp, log)
	if r.udp, err = sockets.ListenPacket(context.Background(), "udp", tcp.Addr().String()); err != nil {
		return fmt.Errorf("listen for TURN on UDP %s: %w", c.Listen, err)
	}
	r.bound = boundTo(r.udp)
	return nil
}

// relayTarget is the candidate by which browsers reach us through the relay: one, so that the relay needs one socket. A
// loopback address is the last choice, because some browsers take none from strangers.
func (s *Server) relayTarget() (netip.AddrPort, error) {
	var best netip.Addr
	for _, a := range candidates(s.port.bound, s.config.Public, s.config.Addresses) {
		better := best.IsLoopback() && !a.IsLoopback() || best.IsLoopback() == a.IsLoopback() && best.Is6() && a.Is4()
		if !best.IsValid() || better {
			best = a
		}
	}
	if !best.IsValid() {
		return netip.AddrPort{}, errors.New("no address to relay to")
	}
	return netip.AddrPortFrom(best, s.port.bound.Port()), nil
}

func (r *relay) config(s *Server, target netip.AddrPort) turn.ServerConfig {
	c := turn.ServerConfig{
		LoggerFactory: pionLogs{to: s.log}, Realm: realm, AuthHandler: r.admit, QuotaHandler: r.quota.allows,
		// A browser that reaches us by IPv6 gets an IPv4 relay all the same when that is the way to our port.
		StrictAddressFamily: target.Addr().Is4(),
		EventHandler: turn.EventHandler{
			OnAllocationCreated: func(from, _ net.Addr, _, user, _ string, _ net.Addr, _ int) { r.opened(user, from) },
			OnAllocationDeleted: func(_, _ net.Addr, _, user, _ string) { r.quota.add(user, -1) },
		},
	}
	only := func(_ net.Addr, peer net.IP) bool {
		ip, ok := netip.AddrFromSlice(peer)
		return ok && ip.Unmap() == target.Addr()
	}
	to := &tethers{local: reachable(s.port.bound), target: net.UDPAddrFromAddrPort(target)}
	if r.udp != nil {
		c.PacketConnConfigs = append(c.PacketConnConfigs, turn.PacketConnConfig{
			PacketConn: r.udp, RelayAddressGenerator: to, PermissionHandler: only,
		})
	}
	for _, v := range []*visitors{r.tcp, r.tls} {
		if v != nil {
			c.ListenerConfigs = append(c.ListenerConfigs, turn.ListenerConfig{
				Listener: v, RelayAddressGenerator: to, PermissionHandler: only,
			})
		}
	}
	return c
}

func (r *relay) opened(user string, from net.Addr) {
	r.quota.add(user, 1)
	for _, v := range []*visitors{r.tcp, r.tls} {
		if v != nil {
			v.welcome(from)
		}
	}
}

// admit gives the key of who has a pass (RFC 8489 §9.2.2). A pass that has expired opens nothing, but what it opened
// may be refreshed.
func (r *relay) admit(a *turn.RequestAttributes) (user string, key []byte, ok bool) {
	expiry, user, ok := strings.Cut(a.Username, ":")
	seconds, err := strconv.ParseInt(expiry, 10, 64)
	if !ok || err != nil || a.Method == stun.MethodAllocate && time.Now().After(time.Unix(seconds, 0)) {
		return "", nil, false
	}
	return user, turn.GenerateAuthKey(a.Username, a.Realm, r.password(a.Username)), true
}

func (r *relay) password(username string) string {
	h := hmac.New(sha1.New, r.secret[:])
	h.Write([]byte(username))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

// Pass makes a pass for the relay, good for an hour from now; false when there is no relay.
func (s *Server) Pass(user string, now time.Time) (Pass, bool) {
	s.mu.Lock()
	r := s.relay
	s.mu.Unlock()
	if r == nil {
		return Pass{}, false
	}
	expires := now.Add(passLife).Truncate(time.Second)
	name := strconv.FormatInt(expires.Unix(), 10) + ":" + user
	return Pass{Username: name, Password: r.password(name), Expires: expires}, true
}

// RelayAddr is where TURN over UDP and TCP listens; invalid when it does not.
func (s *Server) RelayAddr() netip.AddrPort {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.relay == nil {
		return netip.AddrPort{}
	}
	return s.relay.bound
}

// close ends every relay.
func (r *relay) close() {
	_ = r.turn.Close() // closes the sockets, and can only say that one was closed already
	r.closeDoors()
}

// closeDoors closes what listens.
func (r *relay) closeDoors() {
	for _, v := range []*visitors{r.tcp, r.tls} {
		if v != nil {
			_ = v.Close()
		}
	}
	if r.udp != nil {
		_ = r.udp.Close()
	}
}
