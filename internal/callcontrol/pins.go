package callcontrol

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"sync"
	"time"

	"parley/internal/dialin"
	"parley/internal/id"
	"parley/internal/tel"
)

// What a PIN is worth (VC-2).
const (
	pinValid   = 15 * time.Minute
	pinTries   = 5
	pinLocked  = 15 * time.Minute
	endOfField = tel.Digit("#")
)

// vault keeps PINs and the keys that callers press, in memory alone: what it tells are counts and verdicts, so that no
// secret is ever in a signal, a log, a journal or a transcript.
type vault struct {
	mu     sync.Mutex // guards what follows
	pins   map[id.Agent]*pin
	fields map[id.Leg]*fields
}

// pin is what one agent may key, and how often it was guessed wrong.
type pin struct {
	digits string // empty: none is valid
	until  time.Time
	wrong  int
	locked time.Time // until then none is taken
}

// fields are the keys of one caller: what was keyed as id and as PIN.
type fields struct {
	keyed map[dialin.Stage]string
	now   dialin.Stage
	most  int
	done  bool
}

func newVault() *vault {
	return &vault{pins: map[id.Agent]*pin{}, fields: map[id.Leg]*fields{}}
}

// PIN is what an agent who dials in keys once, and until when; while it is locked nothing is taken.
type PIN struct {
	Digits string
	Until  time.Time
	Locked time.Time // zero or past: it is not
}

// issue gives an agent a new PIN; the one before is void. The lock of wrong tries stands.
func (v *vault) issue(agent id.Agent, now time.Time) (PIN, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return PIN{}, fmt.Errorf("make a PIN: %w", err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	p := v.of(agent)
	p.digits, p.until = fmt.Sprintf("%0*d", dialin.PINLength, n), now.Add(pinValid)
	return PIN{Digits: p.digits, Until: p.until, Locked: p.locked}, nil
}

// revoke makes an agent's PIN void.
func (v *vault) revoke(agent id.Agent) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.of(agent).digits = ""
}

// of is called with the lock held.
func (v *vault) of(agent id.Agent) *pin {
	if v.pins[agent] == nil {
		v.pins[agent] = &pin{}
	}
	return v.pins[agent]
}

// collect takes the keys of a leg as a field from now on.
func (v *vault) collect(leg id.Leg, field dialin.Stage, most int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	f := v.fields[leg]
	if f == nil {
		f = &fields{keyed: map[dialin.Stage]string{}}
		v.fields[leg] = f
	}
	f.keyed[field], f.now, f.most, f.done = "", field, most, false
}

// press keeps a key. It tells whether the field took it, and whether the field is complete with it.
func (v *vault) press(leg id.Leg, key tel.Digit) (took, done bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	f := v.fields[leg]
	if f == nil || f.done {
		return false, false
	}
	if key == endOfField {
		f.done = true
		return false, true
	}
	f.keyed[f.now] += string(key)
	f.done = len(f.keyed[f.now]) >= f.most
	return true, f.done
}

// holds tells whether what is keyed on a leg is a secret.
func (v *vault) holds(leg id.Leg) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.fields[leg] != nil
}

// take gives what was keyed on a leg, once. Until it is forgotten further keys are kept from everybody.
func (v *vault) take(leg id.Leg) map[dialin.Stage]string {
	v.mu.Lock()
	defer v.mu.Unlock()
	f := v.fields[leg]
	if f == nil {
		return nil
	}
	keyed := f.keyed
	f.keyed, f.done = map[dialin.Stage]string{}, true
	return keyed
}

// forget drops what was keyed on a leg.
func (v *vault) forget(leg id.Leg) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.fields, leg)
}

// check compares what was keyed on a leg, and forgets it. Find gives the agent of an id; an id that nobody has costs the
// same and is answered the same. A PIN that fits is used up.
func (v *vault) check(leg id.Leg, now time.Time, find func(agentID string) id.Agent) dialin.Checked {
	v.mu.Lock()
	defer v.mu.Unlock()
	f := v.fields[leg]
	delete(v.fields, leg)
	if f == nil {
		return dialin.Checked{Verdict: dialin.Unfit}
	}
	agent := find(f.keyed[dialin.AtID])
	p := &pin{}
	if agent != "" {
		p = v.of(agent)
	}
	if now.Before(p.locked) {
		return dialin.Checked{Verdict: dialin.Locked}
	}
	same := subtle.ConstantTimeCompare([]byte(f.keyed[dialin.AtPIN]), []byte(p.digits)) == 1
	valid := p.digits != "" && now.Before(p.until)
	if same && valid {
		*p = pin{}
		return dialin.Checked{Verdict: dialin.Fits, Agent: agent}
	}
	if valid { // where none is, there is nothing to guess
		p.wrong++
	}
	if p.wrong >= pinTries {
		*p = pin{locked: now.Add(pinLocked)}
		return dialin.Checked{Verdict: dialin.Locked}
	}
	return dialin.Checked{Verdict: dialin.Unfit}
}
