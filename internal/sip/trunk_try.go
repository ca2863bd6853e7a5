package sip

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/netip"
	"strings"
	"time"

	sipgo "github.com/emiago/sipgo/sip"
)

// TrunkTest is what came of asking a trunk once, now. TrunkTest.Words says it to people.
type TrunkTest struct {
	Method     string         // REGISTER, or OPTIONS of a trunk that does not register
	Place      string         // host:port as it is set
	Address    netip.AddrPort // that was asked; invalid when the name has none
	Transport  string         // udp, tcp or tls
	Took       time.Duration  // until the answer, or until it was given up
	Code       int            // of the final response; 0 when there was none
	Reason     string         // its phrase, and its Warning
	Fault      TrunkFault     // why there was no response
	Why        string         // more of the fault
	Expires    int            // seconds that the registration is good for
	TLS        string         // version of TLS and whose certificate; empty without TLS
	Codecs     Codecs         // that it says it speaks; zero when it says nothing
	Offered    Codecs         // that calls will offer it
	SRTP       Security       // of the calls' sound
	Challenged bool           // it asked for user name and password
}

// TrunkFault is why a trunk did not answer.
type TrunkFault string

// The faults.
const (
	TrunkAnswered      TrunkFault = ""
	TrunkNameless      TrunkFault = "no_address"    // its name has no address
	TrunkUnreachable   TrunkFault = "no_connection" // TCP or TLS could not be made
	TrunkNotTrusted    TrunkFault = "certificate"   // its certificate is not to be trusted
	TrunkSilent        TrunkFault = "no_answer"     // it says nothing
	TrunkNoCredentials TrunkFault = "credentials"   // it asks for a password by a way that we do not know
	TrunkElsewhere     TrunkFault = "realm"         // it asks for the password of another realm
)

// TryTrunk asks a trunk once, whether it is in use or not: by REGISTER if it registers, which then stands if the trunk is in use
// and is taken back if not, else by OPTIONS (RFC 3261 §11). It takes 10 s at most.
func (s *Server) TryTrunk(ctx context.Context, trunk Trunk) TrunkTest {
	ctx, cancel := context.WithTimeout(ctx, s.checks.wait)
	defer cancel()
	began := time.Now()
	t := TrunkTest{Method: "OPTIONS", Offered: trunk.Codecs, SRTP: trunk.SRTP, Transport: transportOf(trunk.Transport)}
	if t.Offered == (Codecs{}) {
		t.Offered = carried()
	}
	host := trunk.Proxy
	if trunk.Register {
		t.Method, host = "REGISTER", or(trunk.Registrar, trunk.Proxy)
	}
	place, h, err := wayTo(ctx, host, trunk)
	t.Place = place
	if err != nil {
		t.Fault, t.Took = TrunkNameless, time.Since(began)
		return t
	}
	t.Address = h.Addr
	if err := s.reach(ctx, h, &t); err == nil {
		s.tryThrough(ctx, trunk, h, &t)
	}
	t.Took = time.Since(began)
	return t
}

// reach makes the connection of a trunk over TLS, whose certificate is then known.
func (s *Server) reach(ctx context.Context, h hop, t *TrunkTest) error {
	if h.Transport != "tls" {
		return nil
	}
	c, err := s.secureTo(ctx, h)
	if err != nil {
		t.Fault, t.Why = TrunkUnreachable, clip(err.Error(), 300)
		if untrusted(err) {
			t.Fault = TrunkNotTrusted
		}
		return err
	}
	if conn, ok := c.stream.Conn.(*tls.Conn); ok {
		t.TLS = tlsWords(conn.ConnectionState())
	}
	return nil
}

func untrusted(err error) bool {
	failed := (*tls.CertificateVerificationError)(nil)
	return errors.As(err, &failed) || errors.Is(err, errBadCA)
}

func tlsWords(state tls.ConnectionState) string {
	words := tls.VersionName(state.Version)
	if len(state.PeerCertificates) > 0 {
		leaf := state.PeerCertificates[0]
		words += ", certificate of " + clip(namesOf(leaf), 200) + " until " + leaf.NotAfter.UTC().Format(time.DateOnly)
	}
	return words
}

func namesOf(leaf *x509.Certificate) string {
	names := leaf.DNSNames
	for _, ip := range leaf.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		return leaf.Subject.CommonName
	}
	return strings.Join(names, ", ")
}

// tryThrough asks by the way that is known.
func (s *Server) tryThrough(ctx context.Context, trunk Trunk, h hop, t *TrunkTest) {
	var res *sipgo.Response
	var lost int
	if trunk.Register {
		res, lost = s.tryRegister(ctx, trunk, h, t)
	} else {
		res, lost = s.tryOptions(ctx, trunk, h, t)
	}
	if res != nil {
		t.heard(res)
		if why := elsewhere(res, trunk.Realm); why != "" {
			t.Fault, t.Why = TrunkElsewhere, why
		}
		return
	}
	t.Fault = TrunkSilent
	switch {
	case lost == 503 && h.Transport != "udp":
		t.Fault = TrunkUnreachable
	case lost == 401:
		t.Fault = TrunkNoCredentials
	}
}

// tryRegister registers by the Contact of the registration that stands, so that a carrier which keeps only one loses none.
func (s *Server) tryRegister(ctx context.Context, trunk Trunk, h hop, t *TrunkTest) (*sipgo.Response, int) {
	r := &registering{trunk: trunk, callID: s.tokens.tag()}
	token, stands := s.trunks.tokenOf(trunk.ID)
	r.token = token
	if !stands {
		r.token = s.tokens.tag()
	}
	state, res := s.enrol(ctx, r, h, t.Place, wantExpires)
	t.Expires = state.Expires
	if state.Registered && !stands {
		s.enrol(ctx, r, h, t.Place, 0)
	}
	return res, state.Code
}

// tryOptions answers a challenge once, as calls do.
func (s *Server) tryOptions(ctx context.Context, trunk Trunk, h hop, t *TrunkTest) (*sipgo.Response, int) {
	req := s.options(t.Place, trunk, h)
	res, lost := s.once(ctx, req, h)
	if res == nil || res.StatusCode != 401 && res.StatusCode != 407 {
		return res, lost
	}
	t.Challenged = true
	if trunk.Password == "" || elsewhere(res, trunk.Realm) != "" {
		return res, 0
	}
	answer, err := challengeOf(res).answer("OPTIONS", req.Recipient.String(), trunk.login())
	if err != nil {
		return nil, 401
	}
	return s.once(ctx, s.options(t.Place, trunk, h, answer), h)
}

// heard takes in what the final response tells.
func (t *TrunkTest) heard(res *sipgo.Response) {
	t.Code, t.Reason = res.StatusCode, reasonPhrase(res)
	described, err := parseDescription(string(res.Body()))
	if err != nil {
		return // it need not describe its sound
	}
	for _, one := range described.Streams {
		if one.Kind == "audio" {
			t.Codecs = one.codecs()
			return
		}
	}
}
