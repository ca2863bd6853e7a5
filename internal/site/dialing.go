package site

import (
	"time"

	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/schedule"
	"parley/internal/settings"
)

// dialing adds to the number plan the classes of service, the emergency numbers and what is closed.
func (s *Site) dialing() {
	p := s.Dialing
	p.Emergency = s.Records.Org.Emergency
	p.ExternalForwarding, p.MailboxCallOut = s.Records.Org.Dialing.ExternalForwarding, s.Records.Org.Dialing.MailboxCallOut
	p.HandUnavailable = s.Records.Org.Dialing.HandUnavailable
	p.NoHand = map[id.Agent]bool{}
	for which, a := range s.Records.Agents {
		p.NoHand[which] = !s.Switches(id.User(a.User)).ManualDial
	}
	p.Standard, p.Classes = dialing.Standard(), map[id.Agent]dialing.Class{}
	for which, c := range s.Records.Classes {
		if c.Default {
			p.Standard = s.class(which, c)
		}
	}
	for agent, a := range s.Records.Agents {
		if c, ok := s.Records.Classes[a.ClassOfService]; ok {
			p.Classes[agent] = s.class(a.ClassOfService, c)
		}
	}
}

// class is a class of service as the number plan needs it.
func (s *Site) class(which string, c settings.Class) dialing.Class {
	class := dialing.Class{
		ClassName: dialing.ClassName{ID: which, Name: c.Name}, Outbound: c.OutboundEnabled, Countries: c.AllowedCountries,
		BlockPremium: c.BlockPremium, LeaveOutside: c.LeaveOutside,
	}
	if c.TimeRange != "" {
		class.Within = s.within(c.TimeRange)
	}
	return class
}

// within tells whether a time range matches. One that cannot be read never does.
func (s *Site) within(which string) func(time.Time) bool {
	hours, err := schedule.Read(s.Records.Ranges[which].Range, nil, s.Location)
	if err != nil {
		return func(time.Time) bool { return false }
	}
	return func(now time.Time) bool {
		_, in := hours.At(now)
		return in
	}
}
