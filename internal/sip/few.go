package sip

import (
	"slices"

	sipgo "github.com/emiago/sipgo/sip"
)

// requests are those of the far side that wait for their response, by number. Like dialogs they are few: a list is found
// through sooner than a map is made.
type requests []inbound

type inbound struct {
	number int
	req    *sipgo.Request
	tx     *incomingTx
}

func (r requests) of(number int) (inbound, bool) {
	i := slices.IndexFunc(r, func(in inbound) bool { return in.number == number })
	if i < 0 {
		return inbound{}, false
	}
	return r[i], true
}

func (r *requests) add(number int, req *sipgo.Request, tx *incomingTx) {
	*r = append(*r, inbound{number, req, tx})
}

func (r *requests) drop(number int) {
	*r = slices.DeleteFunc(*r, func(in inbound) bool { return in.number == number })
}

// dialogs are those of one leg.
type dialogs []named

type named struct {
	name   dialogName
	dialog *dialog
}

func (d dialogs) of(name dialogName) (*dialog, bool) {
	i := slices.IndexFunc(d, func(n named) bool { return n.name == name })
	if i < 0 {
		return nil, false
	}
	return d[i].dialog, true
}

// put enters a dialog, in place of an earlier one of that name.
func (d *dialogs) put(name dialogName, dialog *dialog) {
	i := slices.IndexFunc(*d, func(n named) bool { return n.name == name })
	if i < 0 {
		*d = append(*d, named{name, dialog})
		return
	}
	(*d)[i].dialog = dialog
}
