package presence

import (
	"testing"

	"parley/internal/settings"
)

// TestPressed: what is switched by a code holds for certain, and is said beside the presence only where that says otherwise (BX-32).
func TestPressed(t *testing.T) {
	r := RulesOf(settings.PresenceRules{Mode: "active", Overrides: true}, nil)
	for _, c := range []struct {
		name string
		got  Own
		want Switch
	}{
		{"on", r.Quiet(own("available"), true), On},
		{"on at lunch", r.Quiet(own("lunch", dnd(Off)), true), AsPresence},
		{"off", r.Quiet(own("available", dnd(On)), false), AsPresence},
		{"off at lunch", r.Quiet(own("lunch"), false), Off},
	} {
		if c.got.DoNotDisturb != c.want {
			t.Errorf("%s: %q", c.name, c.got.DoNotDisturb)
		}
	}
	plain, always := settings.Agent{}, settings.Agent{Forwarding: "always", ForwardTo: "203"}
	on := r.Forwarded(own("available"), "202")
	if d := r.Direct(plain, on); d.Forwarding != "always" || d.ForwardTo != "202" {
		t.Errorf("forwarded: %+v", d)
	}
	if off := r.Unforwarded(plain, on); off.Forwarding != "" || off.ForwardTo != "" || r.Direct(plain, off).Forwarding != "off" {
		t.Errorf("not forwarded any more: %+v", off)
	}
	if off := r.Unforwarded(always, on); off.Forwarding != "off" || r.Direct(always, off).Forwarding != "off" {
		t.Errorf("not forwarded although the profile says so: %+v", off)
	}
}
