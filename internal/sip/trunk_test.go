package sip

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
)

// book keeps what is logged.
type book struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *book) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(line)
}

// about is each line that holds the words, without its time.
func (b *book) about(words string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var found []string
	for line := range strings.Lines(b.text.String()) {
		if strings.Contains(line, words) {
			_, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			found = append(found, rest)
		}
	}
	return found
}

// TestTrunkIsLoggedByName: the operator reads which trunk is registered and which is not, and no password.
func TestTrunkIsLoggedByName(t *testing.T) {
	log := &book{}
	office := openHouse(t, withPhone)
	phone := openHouse(t, func(_ *house, c *Config) { c.Log = slog.New(slog.NewTextHandler(log, nil)) })
	good := Trunk{ID: "t1", Name: "Carrier", Proxy: office.at(), Register: true, Username: "ann", Password: "secret", FromDomain: "acme.test"}
	wrong := good
	wrong.ID, wrong.Name, wrong.Password = "t2", "Old carrier", "guess"
	phone.SetTrunks([]Trunk{good, wrong})
	waitFor(t, "both outcomes", func() bool {
		registered, _ := phone.TrunkState("t1")
		refused, _ := phone.TrunkState("t2")
		return registered.Registered && refused.Code == 403
	})
	phone.Server.trunks.mu.RLock()
	kept := phone.Server.trunks.list["t1"]
	phone.Server.trunks.mu.RUnlock()
	phone.tell(kept, TrunkState{Registered: true, Code: 200, Expires: 3600}) // as a refresh does

	for words, want := range map[string]string{
		"trunk=t1": `level=INFO msg="trunk registered" trunk=t1 name=Carrier expires=3600`,
		"trunk=t2": `level=WARN msg="trunk not registered" trunk=t2 name="Old carrier" code=403 problem="refused: 403 Forbidden"`,
	} {
		if got := log.about(words); len(got) != 1 || got[0] != want {
			t.Errorf("the log says %q, not %q", got, want)
		}
	}
	if got := append(log.about("secret"), log.about("guess")...); len(got) != 0 {
		t.Errorf("the log holds a password: %q", got)
	}
}
