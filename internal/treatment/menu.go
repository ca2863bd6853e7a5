package treatment

import (
	"strings"
	"time"

	"parley/internal/dest"
	"parley/internal/prompt"
)

// MenuPlan is a menu as it was when the caller entered it (table Menu). It never changes.
type MenuPlan struct {
	Prompt     prompt.Prompt    `json:"prompt"`
	Timeout    int              `json:"timeout"`   // seconds after the prompt, 1 to 60
	Tries      int              `json:"max_tries"` // plays of the prompt, 1 to 10
	Extensions bool             `json:"allow_direct_extensions,omitempty"`
	Options    []MenuOption     `json:"options"`
	Default    dest.Destination `json:"default_destination"`
	Precedence Precedence       `json:"precedence,omitzero"` // of whoever leaves it, unless the option says otherwise
}

// MenuOption is one choice by keys (IV-6); one that is spoken only has none.
type MenuOption struct {
	Digits      string           `json:"digits"`
	Destination dest.Destination `json:"destination"`
	Precedence  Precedence       `json:"precedence,omitzero"`
}

// Menu is a caller before a menu.
type Menu struct {
	Plan   *MenuPlan `json:"plan"`
	Try    int       `json:"try"`
	Keys   string    `json:"keys,omitempty"`   // entered so far
	Asking bool      `json:"asking,omitempty"` // who has the extension
}

// What a menu plays.
const (
	playMenu   = "menu"
	playMoving = "moving"
)

const (
	betweenDigits = 2 * time.Second // IV-4
	forExtension  = 5 * time.Second // the plan answers at once, or never
	mostKeys      = 8               // of an option (table Menu); an extension has fewer
)

func (m *Menu) begin(t *turn) { m.ask(t) }

// ask plays the prompt once more, or gives up: the caller is told so and goes where the menu leads by default.
func (m *Menu) ask(t *turn, before ...prompt.Prompt) {
	m.Keys, m.Asking = "", false
	t.sleep()
	if m.Try >= max(m.Plan.Tries, 1) {
		t.play(playMoving, m.farewell(before)...)
		return
	}
	m.Try++
	t.do(Asked{Try: m.Try})
	t.play(playMenu, append(before, m.Plan.Prompt)...)
}

// farewell is what a caller hears who chose nothing: one who is not sent on gets an apology.
func (m *Menu) farewell(before []prompt.Prompt) []prompt.Prompt {
	if m.Plan.Default.Kind == dest.Hangup || m.Plan.Default.Kind == "" {
		return append(before, prompt.OfStandard(prompt.Apology))
	}
	return append(before, prompt.OfStandard(prompt.MovingOn))
}

func (m *Menu) played(t *turn, what string) {
	if what == playMoving {
		t.over(Over{How: Default, To: m.Plan.Default, Precedence: m.Plan.Precedence})
		return
	}
	t.wake(time.Duration(max(m.Plan.Timeout, 1)) * time.Second)
}

// keyed stops the prompt and takes the key.
func (m *Menu) keyed(t *turn, key string) {
	if m.Asking || t.name() == playMoving || key > "9" { // A to D are on no telephone
		return
	}
	t.quiet()
	if key == "#" && m.Keys != "" && !m.begins(m.Keys+key) {
		m.enter(t)
		return
	}
	m.Keys += key
	switch more := m.more(); {
	case m.option() != nil && !more:
		m.enter(t)
	case !more && !m.begins(m.Keys) || len(m.Keys) >= mostKeys:
		m.invalid(t)
	default:
		t.wake(m.patience())
	}
}

// patience is how long the next key may take. Where a whole choice has been entered, or an extension may have been, it is
// short; in the midst of an option it is what the menu gives for a key.
func (m *Menu) patience() time.Duration {
	if m.option() != nil || m.Plan.Extensions {
		return betweenDigits
	}
	return max(betweenDigits, time.Duration(m.Plan.Timeout)*time.Second)
}

// begins tells whether an option begins with the keys.
func (m *Menu) begins(keys string) bool {
	for _, o := range m.Plan.Options {
		if o.Digits != "" && strings.HasPrefix(o.Digits, keys) {
			return true
		}
	}
	return false
}

// more tells whether further keys can make another choice of what was entered.
func (m *Menu) more() bool {
	for _, o := range m.Plan.Options {
		if len(o.Digits) > len(m.Keys) && strings.HasPrefix(o.Digits, m.Keys) {
			return true
		}
	}
	return m.Plan.Extensions && m.digits() && len(m.Keys) < longestExtension
}

const (
	shortestExtension = 2 // AG-6
	longestExtension  = 6
)

// digits tells whether what was entered could be an extension, or the beginning of one.
func (m *Menu) digits() bool { return !strings.ContainsAny(m.Keys, "*#") }

func (m *Menu) option() *MenuOption {
	for i := range m.Plan.Options {
		if o := &m.Plan.Options[i]; o.Digits != "" && o.Digits == m.Keys {
			return o
		}
	}
	return nil
}

// enter takes what was keyed as it stands.
func (m *Menu) enter(t *turn) {
	if o := m.option(); o != nil {
		t.do(Keyed{Keys: m.Keys, Result: ResultChosen})
		t.over(Over{How: Chosen, To: o.Destination, Precedence: o.Precedence.Or(m.Plan.Precedence)})
		return
	}
	if m.Plan.Extensions && m.digits() && len(m.Keys) >= shortestExtension {
		m.Asking = true
		t.wake(forExtension)
		t.do(Keyed{Keys: m.Keys, Result: ResultExtension}, WantExtension{Keys: m.Keys})
		return
	}
	m.invalid(t)
}

func (m *Menu) invalid(t *turn) {
	t.do(Keyed{Keys: m.Keys, Result: ResultInvalid})
	m.ask(t, prompt.OfStandard(prompt.Invalid))
}

func (m *Menu) woken(t *turn) {
	switch {
	case m.Asking:
		m.invalid(t)
	case m.Keys != "":
		m.enter(t)
	default:
		t.do(Keyed{Result: ResultNothing})
		m.ask(t)
	}
}

func (m *Menu) told(t *turn, s Signal) {
	if _, unknown := s.(Unknown); unknown && m.Asking {
		m.invalid(t)
	}
}
