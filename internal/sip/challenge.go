package sip

import (
	"errors"
	"fmt"
	"strings"

	sipgo "github.com/emiago/sipgo/sip"
	"github.com/icholy/digest"
)

// challenge is what a 401 or 407 asked for: the client side of digest (RFC 3261 §22, RFC 7616, RFC 8760).
type challenge struct {
	proxy  bool
	offers []string // one header value per algorithm, strongest first as the server sorts them (RFC 8760 §2.4)
}

// login is what a challenge is answered with. Where realm is set, the password is for that realm alone.
type login struct{ user, password, realm string }

func (t *Trunk) login() login { return login{or(t.AuthUser, t.Username), t.Password, t.Realm} }

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

// elsewhere says in words that a response asks for the passwords of other realms than the one that ours is for, so that nobody
// is given an answer to try passwords on (RFC 7616 §5.8); empty when it may be answered, or asks for none.
func elsewhere(res *sipgo.Response, realm string) string {
	if realm == "" || res.StatusCode != 401 && res.StatusCode != 407 {
		return ""
	}
	other, found := "", false
	for _, offer := range challengeOf(res).offers {
		asked, err := digest.ParseChallenge(offer)
		if err != nil {
			continue
		}
		if asked.Realm == realm {
			return ""
		}
		other, found = asked.Realm, true
	}
	if !found {
		return ""
	}
	return fmt.Sprintf("it asks for the password of realm %s, and ours is for realm %s", quotable(clip(other, 60)), clip(realm, 60))
}

// answer makes the header that answers the first challenge that we understand and whose realm is ours.
func (c challenge) answer(method, uri string, as login) (sipgo.Header, error) {
	for _, offer := range c.offers {
		asked, err := digest.ParseChallenge(offer)
		if err != nil || !digest.CanDigest(asked) || strings.EqualFold(asked.Algorithm, "MD5-sess") || as.realm != "" && asked.Realm != as.realm {
			continue
		}
		answer, err := digest.Digest(asked, digest.Options{Method: method, URI: uri, Username: as.user, Password: as.password, Count: 1})
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
