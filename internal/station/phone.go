package station

// configure takes over what the administrator or the agent chose.
func (t *turn) configure(s Configure) {
	t.Preferred, t.Strategy = s.Preferred, s.Strategy
	t.Number, t.Direct = s.Number, s.Direct
	if t.Preferred != DeskPhone && (t.Preferred != Number || t.Number == "") {
		t.Preferred = Browser
	}
	if t.Strategy != PreferredOnly && t.Strategy != Simultaneous {
		t.Strategy = Sequential
	}
	if t.Phone.ID != s.Phone { // a phone may register before its link is heard of here
		t.changePhone(Phone{ID: s.Phone, Registered: t.Phone.ID == "" && t.Phone.Registered})
	}
}

// deskWork starts or stops work on the desk phone (SP-33).
func (t *turn) deskWork(s DeskWork) error {
	if s.On && (t.Phone.ID == "" || !t.Phone.Registered) {
		return ErrNoPhone
	}
	p := t.Phone
	p.Working = s.On
	t.changePhone(p)
	return nil
}

// phoneRegistered hears whether the desk phone is there. Work on it goes on when it comes back.
func (t *turn) phoneRegistered(s PhoneRegistered) {
	p := t.Phone
	p.Registered = s.On
	t.lost = !s.On
	t.changePhone(p)
}

// changePhone tells of a desk phone that can ring now, or cannot any more. Its legs live on.
func (t *turn) changePhone(p Phone) {
	before, after := t.Phone.rings(), p.rings()
	t.Phone = p
	switch {
	case after && !before:
		t.tell(Started{Device: DeskPhone})
	case before && !after:
		t.tell(Stopped{Device: DeskPhone, Lost: t.lost})
	}
}

// rings tells whether the desk phone can ring.
func (p Phone) rings() bool { return p.ID != "" && p.Registered && p.Working }
