package dialing

import (
	"strings"

	"parley/internal/dest"
)

// Code is a feature code: what an agent dials for something of the house (BX-31).
type Code string

// The codes.
const (
	OwnMailbox Code = "*97"
	AnyMailbox Code = dest.AnyMailbox
	DoNotDisturb Code = "*78"
	Available    Code = "*45"
)

// CodeOf tells whether what is typed is a feature code, and which.
func CodeOf(typed string) (Code, bool) {
	switch c := Code(strings.TrimSpace(typed)); c {
	case OwnMailbox, AnyMailbox:
		return c, true
	case DoNotDisturb, Available: // lamps only
	}
	return "", false
}
