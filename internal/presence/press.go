package presence

import "parley/internal/settings"

// Quiet is what a user has picked, with do not disturb on or off for certain. It says so only where the presence does not by itself.
func (r Rules) Quiet(own Own, on bool) Own {
	own.DoNotDisturb = AsPresence
	if r.Look(own, false).DoNotDisturb == on {
		return own
	}
	own.DoNotDisturb = Off
	if on {
		own.DoNotDisturb = On
	}
	return own
}

// Forwarded is what an agent has picked, with all direct calls forwarded to a number or an extension; empty is where the profile says.
func (r Rules) Forwarded(own Own, to string) Own {
	own.Forwarding, own.ForwardTo = "always", to
	return own
}

// Unforwarded is what an agent has picked, with no calls forwarded any more.
func (r Rules) Unforwarded(a settings.Agent, own Own) Own {
	own.Forwarding, own.ForwardTo = "", ""
	if r.Direct(a, own).Forwarding != "off" {
		own.Forwarding = "off"
	}
	return own
}
