package voicemail

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/sounds"
	"parley/internal/store"
	"parley/internal/treatment"
)

// Telephone is what somebody who hears a mailbox by telephone needs besides the store.
type Telephone struct {
	// Ready keeps a sound under a name, by which it is played soon after.
	Ready func(name string, s sounds.Sound) error
	// Keep stores a sound as a version of a file of the library.
	Keep func(audio string, version int, wav []byte) (store.AudioVersion, error)
	// Changed makes a changed configuration act.
	Changed func(ctx context.Context, org id.Org) error
}

// mostMessages is how many messages are told by telephone: those that follow are heard on the screen.
const mostMessages = 200

// Open gives the messages of the mailbox that c names to who knows its PIN; where it names none, of the one with these digits. Callers
// from outside are not heard any more for a while after many wrong PINs, whichever mailbox they were for.
func (o *Office) Open(ctx context.Context, org id.Org, c treatment.Consult, digits, pin string) treatment.Told {
	if c.Outside && o.wrong.tooMany(org, time.Now()) {
		return treatment.Told{Verdict: treatment.Locked}
	}
	told := o.open(store.WithOrg(ctx, org), org, c.Mailbox, digits, pin)
	if c.Outside && told.Verdict == treatment.Unfit && o.wrong.note(org, time.Now()) {
		o.Log.Warn("mailboxes closed to callers from outside, after many wrong PINs", "org", org, "for", guessTime)
	}
	return told
}

func (o *Office) open(ctx context.Context, org id.Org, which id.Mailbox, digits, pin string) treatment.Told {
	box, found := o.Box(org, which)
	if which == "" {
		box, found = o.Dialled(org, digits)
	}
	right, err := o.DB.MailboxPINMatches(ctx, box.ID, pin)
	switch {
	case errors.Is(err, store.ErrPINLocked):
		return treatment.Told{Verdict: treatment.Locked}
	case err != nil:
		return o.failed("mailbox not opened by telephone", box.ID, err)
	case found != nil || !right:
		return treatment.Told{Verdict: treatment.Unfit}
	}
	all, err := o.kept(ctx, box.ID)
	if err != nil {
		return o.failed("messages not listed for a telephone", box.ID, err)
	}
	return treatment.Told{Verdict: treatment.Fits, Mailbox: box.ID, Messages: all}
}

func (o *Office) failed(what string, which id.Mailbox, err error) treatment.Told {
	o.Log.Error(what, "mailbox", which, "err", err)
	return treatment.Told{Verdict: treatment.Failed}
}

// kept lists the messages as they are told: new ones first, as they came, then those heard before, the latest first.
func (o *Office) kept(ctx context.Context, which id.Mailbox) ([]treatment.Kept, error) {
	house, err := o.DB.Organisation(ctx)
	if err != nil {
		return nil, err
	}
	location, err := time.LoadLocation(house.Timezone)
	if err != nil {
		location = time.UTC
	}
	page, err := o.DB.Messages(ctx, store.MessageFilter{Mailboxes: []id.Mailbox{which}}, store.Range{Limit: mostMessages})
	if err != nil {
		return nil, err
	}
	fresh, old := []treatment.Kept{}, []treatment.Kept{}
	for _, m := range page.Rows {
		one := treatment.Kept{ID: m.ID, From: m.From, LeftAt: m.LeftAt.In(location), Heard: m.Listened}
		if m.Listened {
			old = append(old, one)
		} else {
			fresh = append(fresh, one)
		}
	}
	slices.Reverse(fresh)
	return append(fresh, old...), nil
}

// ChangePIN gives a mailbox the PIN that its caller has keyed.
func (o *Office) ChangePIN(ctx context.Context, org id.Org, which id.Mailbox, pin string) treatment.Told {
	ctx = store.WithOrg(ctx, org)
	box, err := o.Box(org, which)
	if err == nil && box.Forbids(pin) {
		return treatment.Told{Verdict: treatment.Unfit}
	}
	if err == nil {
		err = o.DB.SetMailboxPIN(ctx, which, pin)
	}
	if errors.Is(err, store.ErrInvalid) {
		return treatment.Told{Verdict: treatment.Unfit}
	}
	if err == nil {
		err = o.DB.Audit(ctx, &store.AuditEntry{
			Actor: id.User(box.User), Action: "mailbox PIN changed by telephone", SubjectKind: "mailbox", SubjectID: string(which),
		})
	}
	if err != nil {
		return o.failed("PIN not changed by telephone", which, err)
	}
	return treatment.Told{Verdict: treatment.Fits}
}

// Forbids tells whether a PIN could be guessed by who knows how the mailbox is reached.
func (b *Box) Forbids(pin string) bool { return pin == b.Extension || pin == b.Dial }

// Consult does for a caller in a mailbox what needs no key. What the caller named belongs to that mailbox, or nothing is done.
func (o *Office) Consult(ctx context.Context, org id.Org, c treatment.Consult) treatment.Told {
	ctx = store.WithOrg(ctx, org)
	told := treatment.Told{Verdict: treatment.Fits}
	var err error
	switch c.Do {
	case treatment.FetchMessage:
		told.Audio, err = o.fetchMessage(ctx, c)
	case treatment.FetchGreeting:
		told.Audio, err = o.fetchGreeting(ctx, c.Recording)
	case treatment.KeepGreeting:
		err = o.keepGreeting(ctx, org, c)
	case treatment.DropGreeting:
		err = o.dropGreeting(ctx, c.Recording)
	case treatment.MarkHeard, treatment.MarkNew, treatment.DeleteMessage:
		err = o.change(ctx, c)
	case treatment.OpenBox, treatment.ChangePIN:
		err = fmt.Errorf("%s needs a PIN", c.Do)
	}
	if errors.Is(err, store.ErrNotFound) { // deleted by somebody else meanwhile
		return treatment.Told{Verdict: treatment.Failed}
	}
	if err != nil {
		return o.failed(string(c.Do)+" by telephone failed", c.Mailbox, err)
	}
	return told
}

// change marks or deletes a message; counts and lamps show it at once.
func (o *Office) change(ctx context.Context, c treatment.Consult) error {
	row, err := o.DB.Message(ctx, c.Message)
	if err != nil {
		return err
	}
	if row.Mailbox != c.Mailbox {
		return store.ErrNotFound
	}
	if c.Do == treatment.DeleteMessage {
		err = o.DB.DeleteMessage(ctx, c.Message)
	} else {
		_, err = o.DB.MarkMessage(ctx, c.Message, c.Do == treatment.MarkHeard)
	}
	if err == nil {
		o.changed(ctx)
	}
	return err
}

func (o *Office) fetchMessage(ctx context.Context, c treatment.Consult) (string, error) {
	row, err := o.DB.Message(ctx, c.Message)
	if err != nil {
		return "", err
	}
	if row.Mailbox != c.Mailbox {
		return "", store.ErrNotFound
	}
	recording, err := o.DB.Recording(ctx, row.Recording)
	if err != nil {
		return "", err
	}
	return o.ready(ctx, "message:"+string(c.Message), recording)
}

func (o *Office) ready(ctx context.Context, name string, recording *store.Recording) (string, error) {
	voice, err := o.Shelf.Voice(ctx, recording)
	if err != nil {
		return "", err
	}
	return name, o.Phone.Ready(name, voice)
}

func (o *Office) fetchGreeting(ctx context.Context, which id.Recording) (string, error) {
	recording, err := o.spoken(ctx, which)
	if err != nil {
		return "", err
	}
	return o.ready(ctx, "recording:"+string(which), recording)
}

// The row of a recording is written some moments after its end.
const (
	forRow   = 5 * time.Second
	betweens = 50 * time.Millisecond
)

// spoken is the recording of a greeting, as soon as its row is there.
func (o *Office) spoken(ctx context.Context, which id.Recording) (*store.Recording, error) {
	ctx, cancel := context.WithTimeout(ctx, forRow)
	defer cancel()
	again := time.NewTicker(betweens)
	defer again.Stop()
	for {
		row, err := o.DB.Recording(ctx, which)
		if err == nil && row.Status != "recording" || err != nil && !errors.Is(err, store.ErrNotFound) {
			return row, err
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return nil, fmt.Errorf("recording %s is not stored: %w", which, ctx.Err())
		}
	}
}

// dropGreeting has the sound of a recording deleted that became no greeting, or has become one.
func (o *Office) dropGreeting(ctx context.Context, which id.Recording) error {
	if _, err := o.spoken(ctx, which); err != nil {
		return err
	}
	return o.DB.DiscardRecording(ctx, which)
}

// byTelephone names the file that a greeting is kept in; the next one replaces its sound.
const byTelephone = "Greeting by telephone"

// keepGreeting makes a recording what callers hear before the beep: a file of the owner's private library.
func (o *Office) keepGreeting(ctx context.Context, org id.Org, c treatment.Consult) error {
	recording, err := o.spoken(ctx, c.Recording)
	if err != nil {
		return err
	}
	voice, err := o.Shelf.Voice(ctx, recording)
	if err != nil {
		return err
	}
	shelves := o.DB.Shelves()
	box, err := shelves.Mailboxes.Get(ctx, string(c.Mailbox))
	if err != nil {
		return err
	}
	which, fields := id.New[string](), settings.New[settings.Audio]()
	fields.Filename, fields.Description, fields.Owner = byTelephone, box.Fields.Name, box.Fields.User
	if before, wrong := shelves.Audio.Get(ctx, box.Fields.Prompt.Audio); wrong == nil && before.Fields.Filename == byTelephone {
		which, fields = before.ID, before.Fields
	}
	version, err := o.Phone.Keep(which, fields.Number+1, voice.Encode())
	if err != nil {
		return err
	}
	by := store.Actor{User: id.User(box.Fields.User)}
	if _, err := o.DB.SaveAudio(ctx, by, which, fields, version); err != nil {
		return err
	}
	box.Fields.Prompt.Audio, box.Fields.Prompt.Text = which, ""
	if _, err := shelves.Mailboxes.Update(ctx, by, box.ID, box.Version, box.Fields); err != nil {
		return err
	}
	return o.Phone.Changed(ctx, org)
}
