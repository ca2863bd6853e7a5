package owner

import (
	"context"
	"fmt"
	"sync"
)

// Address names an owner: "call/<id>", "acd/<organisation>", "station/<agent>".
type Address string

// Mailbox takes signals of any kind for one owner.
type Mailbox interface {
	PostAny(signal any) error
	AskAny(ctx context.Context, signal any) error
}

// PostAny is Post for senders that know only the address.
func (o *Owner[Signal]) PostAny(signal any) error {
	s, ok := signal.(Signal)
	if !ok {
		return fmt.Errorf("post %T: not understood there", signal)
	}
	return o.Post(s)
}

// AskAny is Ask for senders that know only the address.
func (o *Owner[Signal]) AskAny(ctx context.Context, signal any) error {
	s, ok := signal.(Signal)
	if !ok {
		return fmt.Errorf("ask %T: not understood there", signal)
	}
	return o.Ask(ctx, s)
}

// Directory resolves addresses to owners of this machine.
type Directory struct {
	mu     sync.RWMutex
	owners map[Address]Mailbox
}

// NewDirectory gives an empty directory.
func NewDirectory() *Directory { return &Directory{owners: map[Address]Mailbox{}} }

// Enter puts an owner under an address, in place of an earlier one.
func (d *Directory) Enter(a Address, m Mailbox) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.owners[a] = m
}

// Leave removes an address while it still names m.
func (d *Directory) Leave(a Address, m Mailbox) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.owners[a] == m {
		delete(d.owners, a)
	}
}

// Post sends a signal to whoever lives at the address; ErrGone when nobody does.
func (d *Directory) Post(a Address, signal any) error {
	m := d.find(a)
	if m == nil {
		return ErrGone
	}
	return m.PostAny(signal)
}

// Ask sends a request to whoever lives at the address and waits for yes or why not.
func (d *Directory) Ask(ctx context.Context, a Address, signal any) error {
	m := d.find(a)
	if m == nil {
		return ErrGone
	}
	return m.AskAny(ctx, signal)
}

// Addresses lists who lives here.
func (d *Directory) Addresses() []Address {
	d.mu.RLock()
	defer d.mu.RUnlock()
	all := make([]Address, 0, len(d.owners))
	for a := range d.owners {
		all = append(all, a)
	}
	return all
}

func (d *Directory) find(a Address) Mailbox {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.owners[a]
}

// At makes an address of a kind ("call", "acd", "station") and an identifier.
func At[T ~string](kind string, which T) Address { return Address(kind + "/" + string(which)) }
