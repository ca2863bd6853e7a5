package settings

import (
	"fmt"
	"testing"
)

// TestFeatureCodes: codes of which one could not be dialled are refused by name; an empty one is off (BX-31).
func TestFeatureCodes(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Codes)
		want   string
	}{
		{"the defaults", func(*Codes) {}, "[]"},
		{"two are off", func(c *Codes) { c.Forward, c.ForwardOff = "", "" }, "[]"},
		{"the same twice", func(c *Codes) { c.LastCaller = "*97" },
			"[{codes.last_caller clashes with *97, which is another code: neither may begin with the other}]"},
		{"begins with another", func(c *Codes) { c.ForwardOff = "*721" },
			"[{codes.forwarding_off clashes with *72, which is another code: neither may begin with the other}]"},
		{"another begins with it", func(c *Codes) { c.LastCaller = "*4" },
			"[{codes.last_caller clashes with *45, which is another code: neither may begin with the other}]"},
		{"a speed dial", func(c *Codes) { c.SpeedDial = "*9" },
			"[{codes.speed_dial clashes with *97, which is another code: neither may begin with the other}" +
				" {codes.speed_dial clashes with *98, which is another code: neither may begin with the other}]"},
		{"a code among the speed dials", func(c *Codes) { c.LastCaller = "*01" },
			"[{codes.speed_dial clashes with *01, which is another code: neither may begin with the other}]"},
		{"picking up", func(c *Codes) { c.LastCaller = "*8" },
			"[{codes.last_caller must not be *8, which picks up a call that rings} " +
				"{codes.intercom clashes with *8, which is another code: neither may begin with the other}]"},
		{"the intercom begins as another", func(c *Codes) { c.Intercom = "*98" },
			"[{codes.intercom clashes with *98, which is another code: neither may begin with the other}]"},
		{"queues", func(c *Codes) { c.Queues = []QueueCode{{"sales", "1"}, {"support", "2"}} }, "[]"},
		{"two queues of a number", func(c *Codes) { c.Queues = []QueueCode{{"sales", "1"}, {"support", "1"}} },
			"[{codes.queue_numbers[1] must have a queue and a number that no other entry has}]"},
	} {
		codes := New[Codes]()
		c.change(&codes)
		if got := fmt.Sprint(codes.check("codes")); got != c.want {
			t.Errorf("%s: %s, not %s", c.name, got, c.want)
		}
	}
	org := New[Organisation]()
	org.Country, org.Timezone, org.Codes.LastCaller = "BE", "UTC", "*98"
	org.Codes.Queues = []QueueCode{{"sales", "1"}}
	if got := org.Check(); len(got) != 1 || got[0].Field != "feature_codes.last_caller" {
		t.Errorf("the organisation's problems are %v", got)
	}
	if got := org.Refs(); len(got) != 1 || got[0].Field != "feature_codes.queue_numbers[0].queue" || got[0].ID != "sales" {
		t.Errorf("the organisation leans on %v", got)
	}
}
