package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parley/internal/channel/email"
	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/jobs"
	"parley/internal/live"
	"parley/internal/playback"
	"parley/internal/sip"
	"parley/internal/store"
	"parley/internal/voicemail"
)

// openVoicemail makes what cares for messages, and what does the jobs that they lead to.
func (a *App) openVoicemail() {
	a.jobs = jobs.New(jobs.Config{DB: a.db, Orgs: a.orgs, Settled: a.commit.Flush, Log: a.log, Now: clock.Now, Place: a.place})
	a.voicemail = voicemail.New(voicemail.Config{
		DB: a.db, Shelf: playback.Shelf{DB: a.db, Blobs: a.blobs}, Post: email.Sender{}, Log: a.log, Show: a.showMailboxes, Waiting: a.jobs.Wake,
		Told:  a.toldOfMessage,
		Phone: voicemail.Telephone{Ready: a.library.keep, Keep: audio{a.blobs, a.speech}.Keep, Changed: a.changed},
	})
	a.jobs.Handle(voicemail.JobLeft, func(ctx context.Context, job store.Job) error {
		err := a.voicemail.Left(ctx, job)
		if errors.Is(err, email.ErrRefused) {
			return fmt.Errorf("%w: %w", jobs.ErrFinal, err)
		}
		return err
	})
	a.jobs.Handle(jobDropped, func(ctx context.Context, job store.Job) error {
		return a.db.DiscardRecording(ctx, id.Recording(job.Subject))
	})
}

// showMailboxes shows counts of messages on screens, and on the lamps of desk phones: what one may hear, like on the screen.
func (a *App) showMailboxes(org id.Org, all []voicemail.Counted) {
	list := make([]live.SiteMailbox, len(all))
	for i, m := range all {
		list[i] = live.SiteMailbox{ID: m.ID, Name: m.Name, Unheard: m.New, Agents: m.Agents}
	}
	a.hub.Mailboxes(org, list)
	s, ok := a.sites.Of(org)
	if !ok {
		return
	}
	for _, agent := range s.Agents {
		phone, ok := s.Phone(agent.ID)
		if !ok {
			continue
		}
		lamp := sip.Lamp{}
		for _, m := range all {
			if slices.Contains(m.Agents, agent.ID) {
				lamp.New, lamp.Old = lamp.New+m.New, lamp.Old+m.Old
			}
		}
		a.sip.SetLamp(phone.ID, lamp)
	}
}

// jobDropped is the kind of the job that deletes the sound of a recording that holds no message.
const jobDropped = "message_dropped"

// mailroom has done what messages lead to, after the database has them.
type mailroom struct{ *App }

func (m mailroom) MessageLeft(org id.Org, which id.Message) {
	m.commit.Writer(org).Job(voicemail.JobOf(which))
	m.jobs.Wake()
}

func (m mailroom) MessageDropped(org id.Org, which id.Recording) {
	m.commit.Writer(org).Job(store.Job{Kind: jobDropped, Subject: string(which)})
	m.jobs.Wake()
}
