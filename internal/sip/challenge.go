package sip

import (
	"errors"
	"strings"

	sipgo "github.com/emiago/sipgo/sip"
	"github.com/icholy/digest"
)

// challenge is what a 401 or 407 asked for: the client side of digest (RFC 3261 §22, RFC 7616, RFC 8760).
type challenge struct {
	proxy  bool
	offers []string // one header value per algorithm, strongest first as the server sorts them (RFC 8760 §2.4)
}

var errNoChallenge = errors.New("no challenge that we can answer")

func challengeOf(res *sipgo.Response) challenge {
	c := challenge{proxy: res.StatusCode == 407}
	name := "WWW-Authenticate"
	if c.proxy {
		name = "Proxy-Authenticate"
	}
	for _, header := range res.GetHeaders(name) {
		c.offers = append(c.offers, header.Value())
	}
	return c
}

// answer makes the header that answers the first challenge we understand.
func (c challenge) answer(method, uri, user, password string) (sipgo.Header, error) {
	for _, offer := range c.offers {
		asked, err := digest.ParseChallenge(offer)
		if err != nil || !digest.CanDigest(asked) || strings.EqualFold(asked.Algorithm, "MD5-sess") {
			continue
		}
		answer, err := digest.Digest(asked, digest.Options{Method: method, URI: uri, Username: user, Password: password, Count: 1})
		if err != nil {
			return nil, err
		}
		name := "Authorization"
		if c.proxy {
			name = "Proxy-Authorization"
		}
		return sipgo.NewHeader(name, answer.String()), nil
	}
	return nil, errNoChallenge
}
