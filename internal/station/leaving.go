package station

// watchLeaving ends the work of an agent whom a supervisor has taken off it, as soon as no call is on.
func (t *turn) watchLeaving() {
	if !t.Leaving || t.Line != nil || t.Taking != nil {
		return
	}
	t.Leaving = false
	t.endVoice()
	if t.Browser.Tab != "" {
		t.stopBrowser(false)
	}
	if t.Phone.Working {
		p := t.Phone
		p.Working = false
		t.changePhone(p)
	}
}
