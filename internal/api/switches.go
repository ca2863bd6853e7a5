package api

import (
	"context"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/settings"
)

// permission is a switch of PM-7: what it lets a user do, and what the form of users calls it.
type permission struct {
	does, name string
	on         func(settings.Switches) bool
}

var (
	seeCallbacks     = permission{"see callbacks", "Callback list", func(s settings.Switches) bool { return s.CallbackList }}
	playRecordings   = permission{"play recordings", "Play recordings", func(s settings.Switches) bool { return s.PlayRecordings }}
	export           = permission{"take data out as files", "Export", func(s settings.Switches) bool { return s.Export }}
	controlRecording = permission{
		"start, pause or stop recordings", "Start and stop recording", func(s settings.Switches) bool { return s.RecordingControl },
	}
)

// switches are what the viewer may do; nothing of what a switch allows where the organisation is not known yet.
func (d *doors) switches(v viewer) settings.Switches {
	if s, ok := d.Sites.Of(v.org); ok {
		return s.Switches(v.user)
	}
	return settings.Switches{}
}

// permitted refuses what a switch does not let the viewer do (PM-7).
func (d *doors) permitted(ctx context.Context, p permission) error {
	if p.on(d.switches(who(ctx))) {
		return nil
	}
	return huma.Error403Forbidden(fmt.Sprintf("You may not %s. Ask an administrator for the permission %s.", p.does, p.name))
}
