package settings

import (
	"fmt"
	"slices"
	"strings"
)

// Codes are the feature codes: what agents dial for something of the house (BX-31). An empty one is off. They begin with a star, so that no
// extension and no emergency number can begin with one.
type Codes struct {
	OwnMailbox      string      `json:"own_mailbox" required:"false" pattern:"^(\\*[0-9]{1,4})?$" patternDescription:"a star and 1 to 4 digits, such as *97, or empty" default:"*97" doc:"the agent's own mailbox"`
	AnyMailbox      string      `json:"any_mailbox" required:"false" pattern:"^(\\*[0-9]{1,4})?$" patternDescription:"a star and 1 to 4 digits, such as *98, or empty" default:"*98" doc:"any mailbox by its number and PIN"`
	DoNotDisturb    string      `json:"do_not_disturb_on" required:"false" pattern:"^(\\*[0-9]{1,4})?$" patternDescription:"a star and 1 to 4 digits, such as *78, or empty" default:"*78"`
	DoNotDisturbOff string      `json:"do_not_disturb_off" required:"false" pattern:"^(\\*[0-9]{1,4})?$" patternDescription:"a star and 1 to 4 digits, such as *79, or empty" default:"*79"`
	Forward         string      `json:"forwarding_on" required:"false" pattern:"^(\\*[0-9]{1,4})?$" patternDescription:"a star and 1 to 4 digits, such as *72, or empty" default:"*72" doc:"a number or an extension follows; alone: to where the agent's profile says"`
	ForwardOff      string      `json:"forwarding_off" required:"false" pattern:"^(\\*[0-9]{1,4})?$" patternDescription:"a star and 1 to 4 digits, such as *73, or empty" default:"*73"`
	Available       string      `json:"available_toggle" required:"false" pattern:"^(\\*[0-9]{1,4})?$" patternDescription:"a star and 1 to 4 digits, such as *45, or empty" default:"*45" doc:"to take calls from queues, or none; the number of a queue may follow: of that one"`
	LastCaller      string      `json:"last_caller" required:"false" pattern:"^(\\*[0-9]{1,4})?$" patternDescription:"a star and 1 to 4 digits, such as *69, or empty" default:"*69" doc:"calls who has called the agent last"`
	Intercom        string      `json:"intercom" required:"false" pattern:"^(\\*[0-9]{1,4})?$" patternDescription:"a star and 1 to 4 digits, such as *80, or empty" default:"*80" doc:"an extension follows: whose device answers by itself"`
	SpeedDial       string      `json:"speed_dial" required:"false" pattern:"^(\\*[0-9]{1,4})?$" patternDescription:"a star and 1 to 4 digits, such as *0, or empty" default:"*0" doc:"the two digits of a speed dial of the agent's own follow"`
	Queues          []QueueCode `json:"queue_numbers" required:"false" maxItems:"100" doc:"by which agents switch a queue on and off, behind the code for availability"`
}

// QueueCode is the number of a queue behind the code for availability.
type QueueCode struct {
	Queue  string `json:"queue" format:"queue" minLength:"1"`
	Number string `json:"toggle_number" pattern:"^[0-9]{1,4}$" patternDescription:"1 to 4 digits"`
}

// pickUp is the number that picks up what rings in the agent's own groups (BX-26).
const pickUp = "*8"

// named lists the codes by field.
func (c Codes) named() []Problem {
	return []Problem{
		{"own_mailbox", c.OwnMailbox}, {"any_mailbox", c.AnyMailbox}, {"do_not_disturb_on", c.DoNotDisturb},
		{"do_not_disturb_off", c.DoNotDisturbOff},
		{"forwarding_on", c.Forward}, {"forwarding_off", c.ForwardOff}, {"available_toggle", c.Available}, {"last_caller", c.LastCaller},
		{"intercom", c.Intercom}, {"speed_dial", c.SpeedDial},
	}
}

// check refuses codes of which one cannot be dialled: two that are the same, or one that another one begins with; and two queues of one
// number, or one queue with two.
func (c Codes) check(field string) (all []Problem) {
	codes := c.named()
	for i, one := range codes {
		at := field + "." + one.Field
		if one.What == pickUp {
			all = append(all, Problem{at, "must not be *8, which picks up a call that rings"})
		}
		for _, other := range codes[:i] {
			a, b := one.What, other.What
			if a != "" && b != "" && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a)) {
				all = append(all, Problem{at, fmt.Sprintf("clashes with %s, which is another code: neither may begin with the other", b)})
			}
		}
	}
	for i, one := range c.Queues {
		if slices.ContainsFunc(c.Queues[:i], func(q QueueCode) bool { return q.Number == one.Number || q.Queue == one.Queue }) {
			all = append(all, Problem{fmt.Sprintf("%s.queue_numbers[%d]", field, i), "must have a queue and a number that no other entry has"})
		}
	}
	return all
}
