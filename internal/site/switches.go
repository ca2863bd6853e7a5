package site

import (
	"parley/internal/id"
	"parley/internal/settings"
)

// Switches are what a user may do (PM-7); of somebody who is not known here, what a new user may.
func (s *Site) Switches(which id.User) settings.Switches {
	if user, known := s.Records.Users[which]; known {
		return user.Switches
	}
	return settings.New[settings.User]().Switches
}
