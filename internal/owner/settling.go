package owner

import "time"

// settling is when an owner does what it has put off.
type settling struct {
	clock   *time.Timer // made at the first use and kept; nil in virtual time
	waiting bool
}

// begin puts something off, if nothing is already.
func (s *settling) begin(after time.Duration) {
	switch {
	case s.waiting:
		return
	case s.clock == nil:
		s.clock = time.NewTimer(after)
	default:
		s.clock.Reset(after)
	}
	s.waiting = true
}

// due is ready when the time has come; nil when nothing was put off.
func (s *settling) due() <-chan time.Time {
	if !s.waiting {
		return nil
	}
	return s.clock.C
}

// isDue tells whether the time has come.
func (s *settling) isDue() bool {
	select {
	case <-s.due():
		return true
	default:
		return false
	}
}

// done tells whether something was put off, which is to be done now.
func (s *settling) done() bool {
	was := s.waiting
	if was && s.clock != nil {
		s.clock.Stop()
	}
	s.waiting = false
	return was
}
