package sip

import (
	"strings"
	"testing"
)

// askFor is a challenge of digest for a realm.
func askFor(realm string) string {
	return `WWW-Authenticate: Digest realm="` + realm + `", nonce="n1", algorithm=MD5, qop="auth"`
}

// TestRealmOfTheTrunk: a password that is for one realm is used for a challenge of that one alone; another one ends the call in
// words, and sees nothing to try passwords on.
func TestRealmOfTheTrunk(t *testing.T) {
	for _, test := range []struct {
		realm, asked string
		answered     bool
	}{
		{"", "acme.test", true}, {"acme.test", "acme.test", true}, {"acme.test", "evil.test", false}, {"acme.test", "ACME.test", false},
		{"acme.test", `ev\"il`, false}, {"acme.test", "", false},
	} {
		t.Run(test.realm+" "+test.asked, func(t *testing.T) {
			near := openHouse(t)
			at, heard := notingPeer(t, "401 Unauthorized", askFor(test.asked), "Content-Length: 0", "", "")
			near.DialTrunk("leg", Trunk{Proxy: at, Username: "ann", Password: "secret", Realm: test.realm}, "+3225550100", Caller{Number: "+3225550199"})
			if test.answered {
				near.hears("leg", "Ended{Cause:21 Code:401 Reason:Unauthorized ByPeer:true}")
			} else {
				near.hears("leg", "Ended{Cause:21 Code:401 Reason:Unauthorized: it asks for the password of realm "+strings.ReplaceAll(test.asked, `\"`, "")+
					", and ours is for realm acme.test ByPeer:true}")
			}
			if got := sawPassword(heard); got != test.answered {
				t.Errorf("the peer saw an answer to its challenge: %t", got)
			}
		})
	}
}

// sawPassword tells whether any message that came so far holds credentials.
func sawPassword(heard <-chan string) bool {
	for {
		select {
		case message := <-heard:
			if strings.Contains(message, "Authorization: Digest") {
				return true
			}
		default:
			return false
		}
	}
}
