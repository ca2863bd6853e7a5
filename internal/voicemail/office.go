// Package voicemail is what happens to messages after callers have left them: who may hear them, how many are new, and who is told.
package voicemail

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"parley/internal/id"
	"parley/internal/playback"
	"parley/internal/store"
)

// ErrNoMailbox refuses what is asked of a mailbox that is not there, or that the person may not open.
var ErrNoMailbox = errors.New("this mailbox does not exist, or it is not yours")

// Counted is a mailbox with how many messages nobody has heard yet, and how many somebody has.
type Counted struct {
	Box
	New, Old int
}

// Config is what an Office is made of.
type Config struct {
	DB    *store.DB
	Shelf playback.Shelf
	Post  Post // nil: no notices are sent
	Log   *slog.Logger
	// Show is told of the mailboxes of an organisation whenever they or their counts may have changed, one call at a time.
	Show  func(org id.Org, all []Counted)
	Phone Telephone
	// Told hears of each message that was left, and of one whose notice was not sent several times; nil: nobody is told.
	Told func(row *store.Message, box Box)
	// Waiting is called when a job was stored.
	Waiting func()
}

// Office keeps the mailboxes of every organisation of this machine at hand. Contexts name the organisation.
type Office struct {
	Config

	mu    sync.RWMutex // guards the map
	boxes map[id.Org][]Box

	showing sync.Mutex // orders what is shown
	wrong   guesses
}

// New gives an office without organisations.
func New(c Config) *Office {
	return &Office{Config: c, boxes: map[id.Org][]Box{}, wrong: guesses{at: map[id.Org][]time.Time{}}}
}

// Reload reads the mailboxes anew, after the configuration was changed, and shows them.
func (o *Office) Reload(ctx context.Context) error {
	org, err := store.OrgOf(ctx)
	if err != nil {
		return err
	}
	all, err := boxes(ctx, o.DB)
	if err != nil {
		return err
	}
	o.mu.Lock()
	o.boxes[org] = all
	o.mu.Unlock()
	return o.Recount(ctx)
}

// Recount counts the messages anew and shows the counts.
func (o *Office) Recount(ctx context.Context) error {
	org, err := store.OrgOf(ctx)
	if err != nil {
		return err
	}
	o.showing.Lock()
	defer o.showing.Unlock()
	counts, err := o.DB.MessageCounts(ctx)
	if err != nil {
		return err
	}
	all := []Counted{}
	for _, b := range o.all(org) {
		all = append(all, Counted{Box: b, New: counts[b.ID].New, Old: counts[b.ID].Old})
	}
	o.Show(org, all)
	return nil
}

// changed shows new counts; that they could not be counted is logged and changes nothing for the person who has acted.
func (o *Office) changed(ctx context.Context) {
	if err := o.Recount(ctx); err != nil {
		o.Log.Error("messages not counted", "err", err)
	}
}

func (o *Office) all(org id.Org) []Box {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.boxes[org]
}

// Boxes are the mailboxes of an organisation, by name. They must not be changed.
func (o *Office) Boxes(org id.Org) []Box { return o.all(org) }

// Box finds a mailbox.
func (o *Office) Box(org id.Org, which id.Mailbox) (Box, error) {
	return o.find(org, func(b *Box) bool { return b.ID == which })
}

// Dialled finds the mailbox of these digits.
func (o *Office) Dialled(org id.Org, digits string) (Box, error) {
	return o.find(org, func(b *Box) bool { return b.Dial == digits && digits != "" })
}

// Personal finds the mailbox of an agent's own.
func (o *Office) Personal(org id.Org, agent id.Agent) (Box, error) {
	return o.find(org, func(b *Box) bool { return b.Owner == agent && agent != "" })
}

func (o *Office) find(org id.Org, is func(*Box) bool) (Box, error) {
	all := o.all(org)
	for i := range all {
		if is(&all[i]) {
			return all[i], nil
		}
	}
	return Box{}, ErrNoMailbox
}

// Opened are the mailboxes that the person may open, and of those the one named when one is.
func (o *Office) Opened(org id.Org, p Person, only id.Mailbox) []id.Mailbox {
	list := []id.Mailbox{}
	for _, b := range o.all(org) {
		if b.Opens(p) && (only == "" || only == b.ID) {
			list = append(list, b.ID)
		}
	}
	return list
}

// Message finds a message that the person may hear; one in a mailbox that is gone is the admins'.
func (o *Office) Message(ctx context.Context, p Person, which id.Message) (*store.Message, error) {
	row, err := o.DB.Message(ctx, which)
	if err != nil {
		return nil, err
	}
	if b, err := o.Box(row.Org, row.Mailbox); err == nil && b.Opens(p) || err != nil && p.Admin {
		return row, nil
	}
	return nil, store.ErrNotFound
}

// Mark says whether a message was heard.
func (o *Office) Mark(ctx context.Context, p Person, which id.Message, heard bool) error {
	if _, err := o.Message(ctx, p, which); err != nil {
		return err
	}
	changed, err := o.DB.MarkMessage(ctx, which, heard)
	if changed {
		o.changed(ctx)
	}
	return err
}

// Delete deletes a message.
func (o *Office) Delete(ctx context.Context, p Person, which id.Message) error {
	if _, err := o.Message(ctx, p, which); err != nil {
		return err
	}
	if err := o.DB.DeleteMessage(ctx, which); err != nil {
		return err
	}
	o.changed(ctx)
	return nil
}

// Forward puts a copy of a message into any other mailbox of the organisation, which is told as of a message that was left there.
func (o *Office) Forward(ctx context.Context, p Person, which id.Message, to id.Mailbox) error {
	row, err := o.Message(ctx, p, which)
	if err != nil {
		return err
	}
	box, err := o.Box(row.Org, to)
	if err != nil {
		return err
	}
	made, err := o.DB.ForwardMessage(ctx, which, box.ID, p.User)
	if err != nil {
		return err
	}
	o.changed(ctx)
	job := JobOf(made.ID)
	if err := o.DB.AddJob(ctx, &job); err != nil {
		return err
	}
	o.Waiting()
	return nil
}
