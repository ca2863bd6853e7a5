package schedule

import (
	"fmt"
	"time"
)

// Fault is what is wrong with a field of a range, in words that complete "The field x …".
type Fault struct{ Field, What string }

// Faults finds what keeps a range from being read, and rows that could never match.
func (r Range) Faults() []Fault {
	var all []Fault
	if _, err := time.LoadLocation(r.Timezone); err != nil || r.Timezone == "Local" {
		all = append(all, Fault{"timezone", "must be the name of a timezone, such as Europe/Brussels"})
	}
	for i, row := range r.Rows {
		field := fmt.Sprintf("rows[%d]", i)
		one, wrong := readRow(row)
		switch {
		case wrong != nil:
			all = append(all, Fault{field + "." + wrong.Field, wrong.What})
		case one.lastDate < one.firstDate:
			all = append(all, Fault{field + ".end_date", "must not be before the start date"})
		case row.StartTime == "24:00":
			all = append(all, Fault{field + ".start_time", "must be before midnight"})
		}
	}
	return all
}
