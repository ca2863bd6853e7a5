package owner

// Drive is Start in virtual time: the same owner, with the same mailbox, timers, transcript and recovery, whose work is
// done by clock.Step. Ask does it at once, and is not for use within Carry, as ever. It stops when its machine ends or breaks.
func Drive[Signal, Outcome any](clock *Virtual, machine Machine[Signal, Outcome], wiring Wiring[Signal, Outcome]) *Owner[Signal] {
	r := newRunner(clock, machine, wiring)
	d := &driven[Signal, Outcome]{runner: r, clock: clock}
	r.owner.rouse, r.owner.drive = d.rouse, d.read
	r.putOff = d.putOff
	return r.owner
}

// driven is a runner without a goroutine.
type driven[Signal, Outcome any] struct {
	*runner[Signal, Outcome]
	clock   *Virtual
	waiting bool // the clock knows that there is mail
	reading bool
}

// rouse has the clock open the mailbox.
func (d *driven[Signal, Outcome]) rouse() {
	if !d.waiting {
		d.waiting = true
		d.clock.mail = append(d.clock.mail, d.read)
	}
}

// read handles all letters, those too that come meanwhile.
func (d *driven[Signal, Outcome]) read() {
	d.waiting = false
	if d.reading {
		return
	}
	d.reading = true
	defer func() { d.reading = false }()
	for letters := d.owner.collect(); letters != nil; letters = d.owner.collect() {
		left, over := d.handle(letters)
		if over || d.machine.Ended() {
			d.end(left)
			return
		}
	}
}

// putOff settles a while from now, if that is not planned already.
func (d *driven[Signal, Outcome]) putOff() {
	if d.settling.waiting {
		return
	}
	d.settling.waiting = true
	d.clock.After(d.wiring.SettleAfter, func() {
		if d.settle() {
			d.end(nil)
		}
	})
}
