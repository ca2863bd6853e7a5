package lab

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

var changing = regexp.MustCompile(`nonce="[^"]*"|tag=[^;>\s]*|branch=[^;\s]*|rport=\d+|raw\d+-\d+@lab|(?m:^Date: .*$)`)

// TestWrongDigestAndUnknownUserAreAlike: byte by byte, but for what is random (BX-16).
func TestWrongDigestAndUnknownUserAreAlike(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	known := w.Person("agent", 0).SIPUsername
	unknown := strings.Repeat("z", len(known))
	r := stranger(t, w, "127.0.0.5")
	answers := map[string]string{}
	for _, user := range []string{known, unknown} {
		challenged, refused := r.wrongPassword(user)
		if code(challenged) != http.StatusUnauthorized || code(refused) != http.StatusForbidden {
			t.Errorf("%s is answered %d, then %d", user, code(challenged), code(refused))
		}
		answers[user] = strings.ReplaceAll(changing.ReplaceAllString(challenged+refused, "…"), user, "USER")
	}
	if answers[known] != answers[unknown] {
		t.Errorf("a known user is answered\n%s\nand an unknown one\n%s", answers[known], answers[unknown])
	}
}

// TestRegistrarBan: ten wrong passwords in five minutes shut the address out, and only that (BX-16).
func TestRegistrarBan(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{})
	r := stranger(t, w, "127.0.0.6")
	user := w.Person("agent", 0).SIPUsername
	for range 10 {
		if _, refused := r.wrongPassword(user); code(refused) != http.StatusForbidden {
			t.Errorf("a wrong password was answered %d", code(refused))
		}
	}
	text, callID := r.request("REGISTER", user, user)
	r.send(text)
	if answer := r.reply(callID, time.Second); code(answer) != 0 && code(answer) != http.StatusForbidden {
		t.Errorf("a banned address is answered %d", code(answer))
	}
	other := stranger(t, w, "127.0.0.7")
	if got := other.asks("REGISTER", user, user); got != http.StatusUnauthorized {
		t.Errorf("another address is answered %d", got)
	}
}
