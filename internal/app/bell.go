package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/bell"
	"parley/internal/channel/email"
	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/jobs"
	"parley/internal/live"
	"parley/internal/report"
	config "parley/internal/settings"
	"parley/internal/site"
	"parley/internal/store"
	"parley/internal/tel"
	"parley/internal/voicemail"
)

// noticesExpire is when notices are forgotten that were kept long enough, after midnight at the organisation.
const noticesExpire = 4 * time.Hour

// openBell makes what tells people of things while they look elsewhere.
func (a *App) openBell() {
	a.bell = bell.New(a.ctx, bell.Config{
		DB: a.db, People: listeners{a}, Screens: a.hub, Log: a.log, Post: a.alertMail, Text: a.text,
		Job: func(org id.Org, job store.Job) {
			a.commit.Writer(org).Job(job)
			a.jobs.Wake()
		},
	})
}

// alertMail sends an alert by mail; without a mail server it is of no use to try again.
func (a *App) alertMail(ctx context.Context, org id.Org, m email.Message) error {
	err := a.post(ctx, org, m)
	if errors.Is(err, errNoMailServer) {
		return fmt.Errorf("%w: no mail server is set", email.ErrRefused)
	}
	return err
}

// openAlerts has alerts carried outside, and old notices forgotten.
func (a *App) openAlerts() {
	carry := func(do jobs.Do) jobs.Do {
		return func(ctx context.Context, job store.Job) error {
			err := do(ctx, job)
			if bell.Stays(err) {
				return fmt.Errorf("%w: %w", jobs.ErrFinal, err)
			}
			return err
		}
	}
	a.jobs.Handle(bell.JobMail, carry(a.bell.Mail))
	a.jobs.Handle(bell.JobWebhook, carry(a.bell.Webhook))
	a.jobs.Handle(bell.JobEmergencyMail, carry(a.bell.EmergencyMail))
	a.jobs.Handle(bell.JobEmergencyText, carry(a.bell.EmergencyText))
	a.jobs.Handle(bell.JobEmergencyWebhook, carry(a.bell.EmergencyWebhook))
	a.jobs.Daily("notices", noticesExpire, a.bell.Nightly)
}

// watched are the queues whose service level is watched, with who is told besides the bells (BX-5).
func watched(s *site.Site) []bell.Queue {
	goal := goals(s)
	all := make([]bell.Queue, len(s.Queues))
	for i := range s.Queues {
		q := &s.Queues[i]
		all[i].WatchedQueue = report.WatchedQueue{Queue: q.ID, Percent: q.SLPercent, Goal: goal(q.ID)}
		if alert := s.Records.Queues[q.ID].ServiceAlert; alert.Enabled {
			all[i].Emails, all[i].Webhook = alert.Emails(), alert.Webhook
		}
	}
	return all
}

// guardScreens shows what the dialing guard does to people, and rings their bells.
type guardScreens struct {
	*live.Hub
	bell *bell.Bell
}

// Overridden takes in how an override stands.
func (s guardScreens) Overridden(org id.Org, o dialing.Override) {
	s.Hub.Overridden(org, o)
	s.bell.Overridden(org, o)
}

// DialingLocked takes in that a user's outbound calls are locked.
func (s guardScreens) DialingLocked(org id.Org, l dialing.Lock) {
	s.Hub.DialingLocked(org, l)
	s.bell.DialingLocked(org, l)
}

// acdScreens shows what the ACD does to people, and rings their bells.
type acdScreens struct {
	*live.Hub
	bell *bell.Bell
}

// ACDChanged takes in what the ACD has done.
func (s acdScreens) ACDChanged(now time.Time, org id.Org, events []acd.Event) {
	s.Hub.ACDChanged(now, org, events)
	s.bell.ACDChanged(now, org, events)
}

// toldOfMessage rings the bells of those whose mailbox a message was left in: its owner, or the members of the queues that use it.
func (a *App) toldOfMessage(row *store.Message, box voicemail.Box) {
	users := []id.User{id.User(box.User)}
	for _, agent := range box.Agents {
		users = append(users, listeners{a}.UserOf(row.Org, agent))
	}
	slices.Sort(users)
	a.bell.MessageLeft(row.Org, row, box.Name, slices.Compact(users))
}

// listeners are whom the bell tells.
type listeners struct{ *App }

// UserOf is the user who is an agent; empty: nobody.
func (p listeners) UserOf(org id.Org, agent id.Agent) id.User {
	if s, ok := p.sites.Of(org); ok {
		for i := range s.Agents {
			if s.Agents[i].ID == agent {
				return s.Agents[i].User
			}
		}
	}
	return ""
}

// Over are the supervisors in whose scope an agent or a queue is, and the administrators.
func (p listeners) Over(org id.Org, agent id.Agent, queue id.Queue) []id.User {
	s, ok := p.sites.Of(org)
	if !ok {
		return nil
	}
	agents := map[id.User]id.Agent{}
	for i := range s.Agents {
		agents[s.Agents[i].User] = s.Agents[i].ID
	}
	var all []id.User
	for user, u := range s.Records.Users {
		v := live.Viewer{Org: org, User: user, Agent: agents[user], Role: access.Role(u.Role)}
		sees := v.Everything() || agent != "" && p.hub.Sees(v, agent) || queue != "" && p.hub.SeesQueue(v, queue)
		if u.Active && access.May(v.Role, access.Supervise) && sees {
			all = append(all, user)
		}
	}
	slices.Sort(all)
	return all
}

// Names are what an agent and a queue are called.
func (p listeners) Names(org id.Org, agent id.Agent, queue id.Queue) (agentName, queueName string) {
	s, ok := p.sites.Of(org)
	if !ok {
		return "", ""
	}
	for i := range s.Agents {
		if s.Agents[i].ID == agent {
			agentName = cmp.Or(s.Agents[i].FullName, s.Agents[i].Extension)
		}
	}
	return agentName, s.Records.Queues[queue].Name
}

// Place is where the organisation's clock stands.
func (p listeners) Place(org id.Org) *time.Location { return p.place(org) }

// Alarm is who is told of an emergency call: whom the settings name, else the administrators; nobody who may not sign in any more.
func (p listeners) Alarm(org id.Org) bell.Alarm {
	s, ok := p.sites.Of(org)
	if !ok {
		return bell.Alarm{}
	}
	set := s.Records.Org
	told := bell.Alarm{Emails: config.Emails(set.EmergencyMail), Webhook: set.EmergencyWebhook}
	for user, u := range s.Records.Users {
		named := slices.Contains(set.EmergencyUsers, string(user)) || len(set.EmergencyUsers) == 0 && access.Role(u.Role) == access.Admin
		if u.Active && named {
			told.Users = append(told.Users, user)
			told.Emails = append(told.Emails, u.Email)
		}
	}
	for _, to := range set.EmergencyTexts {
		told.Texts = append(told.Texts, tel.Number(to))
	}
	slices.Sort(told.Users)
	slices.Sort(told.Emails)
	told.Emails = slices.Compact(told.Emails)
	return told
}
