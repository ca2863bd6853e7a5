package dialing

import (
	"fmt"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// Bounds are the most that may be spent in any hour and in any day; 0 is no bound (BX-15). Minutes count once they are over or
// running; a call that runs is not cut.
type Bounds struct {
	CallsHour   int `json:"calls_hour"`
	CallsDay    int `json:"calls_day"`
	MinutesHour int `json:"minutes_hour"`
	MinutesDay  int `json:"minutes_day"`
	AbroadHour  int `json:"international_minutes_hour"`
	AbroadDay   int `json:"international_minutes_day"`
	SpendHour   int `json:"spend_hour"` // of the currency, what numbers without a rate cost left out
	SpendDay    int `json:"spend_day"`
}

// Tolls are the caps against toll fraud.
type Tolls struct {
	User         Bounds `json:"user"`
	Trunk        Bounds `json:"trunk"`
	Organisation Bounds `json:"organisation"`
	// A user who begins so many international or premium calls to one prefix in so many minutes is locked; 0 is never.
	BurstCalls   int `json:"burst_calls"`
	BurstMinutes int `json:"burst_minutes"`

	Rates    []Rate `json:"rates,omitempty"`
	Currency string `json:"currency,omitempty"` // ISO 4217, of rates and bounds
}

// StandardTolls are the caps of an organisation that has set none (BX-15).
func StandardTolls() Tolls {
	return Tolls{User: Bounds{CallsHour: 120, AbroadHour: 60}, BurstCalls: 15, BurstMinutes: 10, Currency: "EUR"}
}

// Past is a finished call that still counts.
type Past struct {
	Agent         id.Agent   `json:"agent,omitempty"`
	Trunk         id.Trunk   `json:"trunk,omitempty"`
	Number        tel.Number `json:"number,omitempty"`
	At            time.Time  `json:"at"`
	International bool       `json:"international,omitempty"`
	Seconds       int        `json:"seconds"`
}

// allowed takes out the trunks that have reached a cap, and says why nothing may be called at all.
func (t *guardTurn) allowed(s Ask) (trunks []id.Trunk, why string) {
	if what := t.beyond(t.tolls.User, agentKey(s.Agent), s.International); what != "" && s.Agent != "" {
		return nil, "you have reached " + what + ": an administrator can allow more"
	}
	if what := t.beyond(t.tolls.Organisation, wholeKey, s.International); what != "" {
		return nil, "the organisation has reached " + what + ": an administrator can allow more"
	}
	for _, trunk := range s.Trunks {
		what := t.beyond(t.tolls.Trunk, trunkKey(trunk), s.International)
		if what == "" {
			trunks = append(trunks, trunk)
			continue
		}
		why = "every trunk that could carry this call has reached a cap, the last of them " + what
	}
	if len(trunks) > 0 {
		return trunks, ""
	}
	return nil, why
}

// beyond names the first bound that another call would cross.
func (t *guardTurn) beyond(b Bounds, key tollKey, international bool) string {
	for _, span := range []struct {
		word                          string
		minutes                       int
		calls, minuted, abroad, spend int
	}{
		{"an hour", 60, b.CallsHour, b.MinutesHour, b.AbroadHour, b.SpendHour},
		{"a day", 24 * 60, b.CallsDay, b.MinutesDay, b.AbroadDay, b.SpendDay},
	} {
		if span.calls+span.minuted+span.abroad+span.spend == 0 {
			continue
		}
		sum := t.spent.sum(key, t.now, span.minutes)
		switch {
		case span.calls > 0 && sum.calls >= span.calls:
			return fmt.Sprintf("the cap of %d calls in %s", span.calls, span.word)
		case span.minuted > 0 && sum.seconds >= 60*span.minuted:
			return fmt.Sprintf("the cap of %d minutes in %s", span.minuted, span.word)
		case international && span.abroad > 0 && sum.abroad >= 60*span.abroad:
			return fmt.Sprintf("the cap of %d international minutes in %s", span.abroad, span.word)
		case span.spend > 0 && sum.spend >= Unit*Money(span.spend):
			return fmt.Sprintf("the cap of %d %s in %s", span.spend, t.tolls.Currency, span.word)
		}
	}
	return ""
}

func (t *guardTurn) seed(s Seed) {
	for _, p := range s.Past {
		t.spent.past(p)
	}
	for _, l := range s.Locks {
		t.locks[l.Agent] = l
	}
}
