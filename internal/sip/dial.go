package sip

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/id"
	"parley/internal/tel"
)

// lookUp is how long a name may take to become an address.
const lookUp = 4 * time.Second

// plan is what a call is about to be: everything but the addresses of names.
type plan struct {
	login   login
	targets []planned
	how     manner
	problem string // why there is no target
	far     farEnd
}

type planned struct {
	uri       sipgo.Uri
	host      string // host:port to send to
	transport string
	auto      bool
	name, ca  string         // of the certificate, when we make the connection
	addr      netip.AddrPort // when known already
	from      sipgo.FromHeader
	to        sipgo.ToHeader
	more      []sipgo.Header // that say who calls
	located   string         // where the caller is (PIDF-LO); empty: nothing is told
}

// DialTrunk calls to through trunk, showing the caller as the trunk is set to. The outcome is told to the Exchange, failures included.
func (s *Server) DialTrunk(leg id.Leg, trunk Trunk, to string, caller Caller) {
	transport := transportOf(trunk.Transport)
	proxy := withPort(trunk.Proxy, transport)
	host, port := splitHostPort(proxy)
	uri := sipgo.Uri{Scheme: "sip", User: tel.SIPUser(to), Host: host}
	if port != usualPort(transport) {
		uri.Port = int(port)
	}
	domain := trunk.FromDomain
	if domain == "" {
		domain = host
	}
	target := planned{uri: uri, host: proxy, transport: transport, auto: trunk.Transport == "", name: host, ca: trunk.CA}
	target.from, target.more = trunk.from(caller, domain), trunk.identity(caller, domain)
	target.to = sipgo.ToHeader{Address: uri}
	if caller.Location != nil {
		target.located = presence(caller.Location, caller.Number, domain, s.tokens.tag())
	}
	s.dial(leg, plan{login: trunk.login(), targets: []planned{target}, how: trunk.manner(), far: farEnd{Org: trunk.Org, Trunk: trunk.ID}})
}

// DialDevice calls every registered contact of device; the first that answers wins and the others are cancelled.
// A device without a contact ends with CauseNoResponse (480).
func (s *Server) DialDevice(leg id.Leg, device Device, from, displayName string) {
	p := plan{problem: "no registered contact", how: device.manner()}
	p.far = farEnd{Org: device.Org, Device: device.ID, Agent: device.Agent, Realm: device.Realm}
	for _, b := range s.registrar.contacts(device.ID, time.Now()) {
		target := planned{uri: b.uri, addr: b.hop.Addr, transport: b.hop.Transport}
		target.from = fromOf(from, "", displayName)
		target.to = sipgo.ToHeader{Address: sipgo.Uri{Scheme: "sip", User: device.Username, Host: b.uri.Host}}
		if device.Auto {
			target.more = autoAnswer(s.hostFor(b.hop.Addr.Addr()))
		}
		p.targets = append(p.targets, target)
	}
	if p.how.srtp == SecurityAccepted && p.secret() {
		p.how.srtp = SecurityOptional
	}
	s.dial(leg, p)
}

// secret tells whether nobody on the way can read the messages, and the keys in them.
func (p *plan) secret() bool {
	for _, t := range p.targets {
		if t.transport != "tls" {
			return false
		}
	}
	return len(p.targets) > 0
}

// Dial calls a free target.
func (s *Server) Dial(leg id.Leg, target Target) {
	var uri sipgo.Uri
	p := plan{
		login: login{user: or(target.Username, target.From), password: target.Password}, problem: "not a SIP address",
		how: manner{target.Codecs, target.SRTP, target.DTMF, false},
	}
	if err := sipgo.ParseUri(target.URI, &uri); err == nil && uri.Scheme == "sip" && uri.Host != "" {
		transport, _ := uri.UriParams.Get("transport")
		host := net.JoinHostPort(uri.Host, fmt.Sprint(portOf(uri)))
		one := planned{uri: uri, host: host, transport: transportOf(transport), auto: transport == "", name: uri.Host, ca: target.CA}
		one.from = fromOf(target.From, target.FromDomain, target.DisplayName)
		one.to = sipgo.ToHeader{Address: sipgo.Uri{Scheme: "sip", User: uri.User, Host: uri.Host, Port: uri.Port}}
		p.targets = append(p.targets, one)
	}
	s.dial(leg, p)
}

func transportOf(text string) string {
	switch text = strings.ToLower(text); text {
	case "tcp", "tls":
		return text
	}
	return "udp"
}

func or(first, second string) string {
	if first != "" {
		return first
	}
	return second
}

// fromOf names the caller; without a number it is anonymous (RFC 3323 §4.1.1.3).
func fromOf(user, domain, displayName string) sipgo.FromHeader {
	if user == "" {
		return sipgo.FromHeader{DisplayName: "Anonymous", Address: sipgo.Uri{Scheme: "sip", User: "anonymous", Host: "anonymous.invalid"}}
	}
	return sipgo.FromHeader{DisplayName: quotable(displayName), Address: sipgo.Uri{Scheme: "sip", User: tel.SIPUser(user), Host: domain}}
}

// dial starts the leg at once, so that it can be hung up, and sends its INVITEs when the addresses are known.
func (s *Server) dial(name id.Leg, p plan) {
	tag := s.tokens.tag()
	l, err := s.newLeg(name, s.tokens.tag()+"@"+s.hostFor(netip.Addr{}), tag)
	if err != nil {
		s.log.Error("no sound for a leg", "leg", string(name), "error", err)
		s.spawn(func() {
			s.exchange.Happened(name, Ended{Cause: tel.CauseNoCircuit, Code: 503})
		})
		return
	}
	l.login = p.login
	if p.findLiteral() {
		s.place(l, p)
		return
	}
	s.spawn(func() { s.resolveAll(l, p) })
}

// findLiteral takes the addresses that need no look-up, and tells whether that were all.
func (p *plan) findLiteral() bool {
	all := true
	for i := range p.targets {
		target := &p.targets[i]
		if !target.addr.IsValid() {
			target.addr, _ = literal(target.host)
		}
		all = all && target.addr.IsValid()
	}
	return all
}

// resolveAll finds the addresses of names, and goes on with the targets that have one.
func (s *Server) resolveAll(l *leg, p plan) {
	ctx, cancel := context.WithTimeout(s.life, lookUp)
	defer cancel()
	found := p.targets[:0]
	for _, target := range p.targets {
		if !target.addr.IsValid() {
			addr, err := resolve(ctx, target.host)
			if err != nil {
				l.log().Warn("peer has no address", "peer", target.host, "error", err)
				p.problem = "the peer's name has no address"
				continue
			}
			target.addr = addr
		}
		found = append(found, target)
	}
	p.targets = found
	s.place(l, p)
}

// place posts the dialling; every target has an address.
func (s *Server) place(l *leg, p plan) {
	calls := make([]*outCall, 0, len(p.targets))
	for i := range p.targets {
		calls = append(calls, s.outCall(l, &p.targets[i]))
	}
	l.mu.Lock()
	l.calls, l.far = calls, p.far
	l.mu.Unlock()
	var peer netip.Addr
	if len(calls) > 0 {
		peer = calls[0].hop.Addr.Addr()
	}
	_ = l.owner.Post(dial{Mouth: l.mouth(peer, p.how), Targets: len(calls), Password: p.login.password != "", Problem: p.problem})
}

func (s *Server) outCall(l *leg, target *planned) *outCall {
	call := &outCall{
		uri: target.uri, from: target.from, to: target.to, more: target.more, located: target.located,
		hop: hop{Addr: target.addr, Transport: target.transport, Auto: target.auto},
	}
	if target.transport == "tls" {
		call.hop.Host, call.hop.CA = strings.Trim(target.name, "[]"), target.ca
	}
	if call.from.Address.Host == "" {
		call.from.Address.Host = s.hostFor(target.addr.Addr())
	}
	call.from.Params = sipgo.HeaderParams{{K: "tag", V: l.tag}}
	return call
}

// literal reads host:port whose host is an address.
func literal(hostport string) (netip.AddrPort, bool) {
	host, port := splitHostPort(hostport)
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	if err != nil {
		return netip.AddrPort{}, false
	}
	return netip.AddrPortFrom(addr.Unmap(), port), true
}

// resolve finds the address of host:port, IPv4 before IPv6.
func resolve(ctx context.Context, hostport string) (netip.AddrPort, error) {
	if addr, ok := literal(hostport); ok {
		return addr, nil
	}
	host, port := splitHostPort(hostport)
	addrs, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("look up %s: %w", host, err)
	}
	best := addrs[0]
	for _, addr := range addrs {
		if addr.Unmap().Is4() {
			best = addr
			break
		}
	}
	return netip.AddrPortFrom(best.Unmap(), port), nil
}
