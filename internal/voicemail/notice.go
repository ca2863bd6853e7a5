package voicemail

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/internal/channel/email"
	"parley/internal/id"
	"parley/internal/store"
)

// Post sends mail by an organisation's server.
type Post interface {
	Send(ctx context.Context, server email.Server, m email.Message) error
}

// JobLeft is the kind of the job that follows a message: counts are shown, and whoever wants a notice gets one.
const JobLeft = "message_left"

// JobOf is the job that follows a message.
func JobOf(which id.Message) store.Job { return store.Job{Kind: JobLeft, Subject: string(which)} }

// Left does what a message leads to. It is tried again when it gives an error, but for email.ErrRefused and the like, which stay.
func (o *Office) Left(ctx context.Context, job store.Job) error {
	if err := o.Recount(ctx); err != nil {
		return err
	}
	row, err := o.DB.Message(ctx, id.Message(job.Subject))
	if errors.Is(err, store.ErrNotFound) { // deleted meanwhile
		return nil
	}
	if err != nil {
		return err
	}
	box, gone := o.Box(row.Org, row.Mailbox)
	if gone == nil && o.Told != nil {
		o.Told(row, box)
	}
	if gone == nil && box.Channel == "email" && box.Notice != "" && o.Post != nil {
		return o.notify(ctx, row, box)
	}
	return nil
}

func (o *Office) notify(ctx context.Context, row *store.Message, box Box) error {
	house, err := o.DB.Organisation(ctx)
	if err != nil {
		return err
	}
	set, err := house.Settings()
	if err != nil {
		return err
	}
	if set.SMTP.Host == "" {
		return fmt.Errorf("%w: no mail server is set", email.ErrRefused)
	}
	password, err := o.DB.Unseal(house.SMTPSealed)
	if err != nil {
		return err
	}
	location, err := time.LoadLocation(house.Timezone)
	if err != nil {
		location = time.UTC
	}
	m := notice(row, box, location)
	if box.AttachAudio {
		if err := o.attach(ctx, row, &m); err != nil {
			return err
		}
	}
	server := email.Server{
		Host: set.SMTP.Host, Security: set.SMTP.Security, Username: set.SMTP.Username, Password: password, From: set.SMTP.From,
	}
	if err := o.Post.Send(ctx, server, m); err != nil {
		return err
	}
	o.Log.Info("notice of a message sent", "message", row.ID, "mailbox", box.ID)
	return nil
}

// attach adds the sound. Without it the notice is sent all the same, and says why.
func (o *Office) attach(ctx context.Context, row *store.Message, m *email.Message) error {
	recording, err := o.DB.Recording(ctx, row.Recording)
	if errors.Is(err, store.ErrNotFound) {
		return err // it is written a moment later
	}
	var sound *bytes.Reader
	if err == nil && recording.Status == "recording" {
		return errors.New("the recording is not finished yet")
	}
	if err == nil {
		sound, err = o.Shelf.WAV(ctx, recording)
	}
	if err != nil {
		o.Log.Error("message's sound not attached to its notice", "message", row.ID, "err", err)
		m.Text += "\nIts sound could not be attached: please listen to it in Parley.\n"
		return nil
	}
	m.Attachment, m.AttachmentName, m.AttachmentType = sound, "message-"+row.LeftAt.UTC().Format("20060102-150405")+".wav", "audio/wav"
	return nil
}

// length is a time in words.
func length(seconds int) string {
	if seconds < 60 {
		return fmt.Sprintf("%d seconds", seconds)
	}
	return fmt.Sprintf("%d:%02d minutes", seconds/60, seconds%60)
}

// notice is the mail about a message.
func notice(row *store.Message, box Box, location *time.Location) email.Message {
	who := cmp.Or(string(row.From), "A withheld number")
	if name := cmp.Or(row.CustomerName, row.FromName); name != "" {
		who = name + " (" + who + ")"
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s left a message of %s in the mailbox %s.\n\n", who, length(row.DurationSeconds), box.Name)
	fmt.Fprintf(&text, "It was left on %s.\n", row.LeftAt.In(location).Format("Monday 2 January 2006, 15:04 MST"))
	if row.ForwardedFrom != "" {
		text.WriteString("It was forwarded from another mailbox.\n")
	}
	return email.Message{ID: string(row.ID), To: box.Notice, Subject: "New message from " + who, Text: text.String()}
}
