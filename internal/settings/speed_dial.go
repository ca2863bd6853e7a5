package settings

import (
	"fmt"
	"slices"
)

// SpeedDial is a number that an agent dials by two digits behind the feature code for speed dials (BX-32).
type SpeedDial struct {
	Code  string `json:"speed_code" pattern:"^[0-9]{2}$" patternDescription:"two digits, 00 to 99" doc:"two digits, dialled behind the feature code for speed dials"`
	Label string `json:"speed_label" required:"false" maxLength:"50" doc:"such as a name"`
	To    string `json:"speed_to" minLength:"1" maxLength:"50" doc:"a number or an extension, as it would be dialled"`
}

// checkSpeedDials refuses numbers that are none, and two of one code.
func (a Agent) checkSpeedDials() (all []Problem) {
	for i, one := range a.SpeedDials {
		all = append(all, checkReach(fmt.Sprintf("speed_dials[%d].speed_to", i), one.To)...)
		if slices.ContainsFunc(a.SpeedDials[:i], func(other SpeedDial) bool { return other.Code == one.Code }) {
			all = append(all, Problem{fmt.Sprintf("speed_dials[%d].speed_code", i), "is there already"})
		}
	}
	return all
}
