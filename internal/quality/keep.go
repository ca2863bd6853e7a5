package quality

import "encoding/json"

// keptBanner is a banner's state in the journal and in transcripts.
type keptBanner struct {
	Shown  bool  `json:"shown,omitempty"`
	Poor   int   `json:"poor,omitempty"`
	Good   int   `json:"good,omitempty"`
	Seen   []int `json:"seen,omitempty"`
	Causes Cause `json:"causes,omitempty"`
}

// MarshalJSON keeps the state of the rule, so that it goes on after a restart.
func (b Banner) MarshalJSON() ([]byte, error) {
	k := keptBanner{Shown: b.shown, Poor: b.poor, Good: b.good, Causes: b.causes}
	if b.poor > 0 {
		for _, c := range b.seen {
			k.Seen = append(k.Seen, int(c))
		}
	}
	return json.Marshal(k)
}

// UnmarshalJSON takes the state up again.
func (b *Banner) UnmarshalJSON(text []byte) error {
	var k keptBanner
	if err := json.Unmarshal(text, &k); err != nil {
		return err
	}
	*b = Banner{shown: k.Shown, poor: max(0, k.Poor), good: k.Good, causes: k.Causes}
	for i, c := range k.Seen[:min(len(k.Seen), inARow)] {
		b.seen[i] = Cause(c)
	}
	return nil
}

// Names are the causes one by one: "loss", "jitter", "round trip", "MOS".
func (c Cause) Names() []string {
	var all []string
	for _, one := range []Cause{Loss, Jitter, RoundTrip, Rating} {
		if c&one != 0 {
			all = append(all, one.String())
		}
	}
	return all
}
