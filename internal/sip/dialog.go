package sip

import (
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	sipgo "github.com/emiago/sipgo/sip"
)

// dialog is what requests inside a dialog need (RFC 3261 §12): the remote target, the route set, both names. One that is
// known to others is never changed: their requests share its headers.
type dialog struct {
	target sipgo.Uri
	routes []sipgo.Uri
	from   sipgo.FromHeader // ours, with our tag
	to     sipgo.ToHeader   // theirs, with their tag
	hop    hop              // where the far side's last message came from
	behind bool             // it sits behind an address translator: its source counts, not its Contact
	aimed  uint32           // CSeq of our INVITE whose 2xx gave the target last
}

// calledDialog is the dialog that an INVITE opens at the one who is called (RFC 3261 §12.1.1).
func calledDialog(req *sipgo.Request, tag string, h hop) *dialog {
	us, them := req.To(), req.From()
	d := &dialog{hop: h}
	d.from = sipgo.FromHeader{DisplayName: us.DisplayName, Address: us.Address, Params: slices.Clone(us.Params)}
	d.from.Params.Remove("tag")
	d.from.Params.Add("tag", tag)
	d.to = sipgo.ToHeader{DisplayName: them.DisplayName, Address: them.Address, Params: them.Params}
	for _, header := range req.GetHeaders("record-route") {
		if route, ok := header.(*sipgo.RecordRouteHeader); ok {
			d.routes = append(d.routes, route.Address)
		}
	}
	d.aim(req.Contact())
	return d
}

// callingDialog is the dialog that a response opens at the caller; its route set is the Record-Route in reverse
// (RFC 3261 §12.1.2).
func callingDialog(call *outCall, res *sipgo.Response) *dialog {
	d := &dialog{hop: call.hop, from: call.from, to: *res.To()}
	headers := res.GetHeaders("record-route")
	for i := len(headers) - 1; i >= 0; i-- {
		if route, ok := headers[i].(*sipgo.RecordRouteHeader); ok {
			d.routes = append(d.routes, route.Address)
		}
	}
	d.target = call.uri
	d.aim(res.Contact())
	return d
}

// aim takes a new remote target (RFC 3261 §12.2.1.2). A Contact with another address than its message came from means
// that an address translator stands between.
func (d *dialog) aim(contact *sipgo.ContactHeader) {
	if contact == nil || contact.Address.Host == "" {
		return
	}
	d.target = contact.Address
	d.target.Headers = nil
	addr, err := netip.ParseAddr(contact.Address.Host)
	d.behind = err == nil && addr.Unmap() != d.hop.Addr.Addr() && addr.IsPrivate()
}

// request begins a request inside the dialog.
func (d *dialog) request(s *Server, callID, method string, cseq uint32) *sipgo.Request {
	next := d.next()
	req := s.request(method, d.target, next)
	for i := range d.routes {
		req.AppendHeader(&sipgo.RouteHeader{Address: d.routes[i]})
	}
	identify(req, &d.from, &d.to, callID, cseq)
	if method != "BYE" && method != "ACK" {
		req.AppendHeader(s.contact("", next))
	}
	if s.userAgent != nil {
		req.AppendHeader(s.userAgent)
	}
	return req
}

// next is the hop of the next request: first route, else the remote target (RFC 3261 §12.2.1.1). A name, a far side
// behind an address translator, TCP and TLS go where its messages come from: the connection is there.
func (d *dialog) next() hop {
	uri := d.target
	if len(d.routes) > 0 {
		uri = d.routes[0]
	}
	transport, _ := uri.UriParams.Get("transport")
	addr, err := netip.ParseAddr(uri.Host)
	if err != nil || d.hop.Transport != "udp" || d.behind && len(d.routes) == 0 {
		return d.hop
	}
	h := hop{Addr: netip.AddrPortFrom(addr.Unmap(), portOf(uri)), Transport: transportOf(transport), Auto: transport == ""}
	if h.Transport == "tls" {
		h.Host = uri.Host
	}
	return h
}

// portOf is the port of a URI, or that of its transport (RFC 3261 §19.1.2).
func portOf(uri sipgo.Uri) uint16 {
	if uri.Port > 0 && uri.Port < 65536 {
		return uint16(uri.Port)
	}
	transport, _ := uri.UriParams.Get("transport")
	return usualPort(transportOf(transport))
}

func usualPort(transport string) uint16 {
	if transport == "tls" {
		return 5061
	}
	return 5060
}

// withPort adds the usual port of a transport to host:port where it is missing.
func withPort(place, transport string) string {
	if _, _, err := net.SplitHostPort(place); err == nil || transport != "tls" {
		return place
	}
	return net.JoinHostPort(strings.Trim(place, "[]"), "5061")
}

// splitHostPort reads host:port; port 5060 is added when it is missing.
func splitHostPort(text string) (string, uint16) {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return text, 5060
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil || number == 0 {
		return host, 5060
	}
	return host, uint16(number)
}
