package media

import (
	"fmt"

	"parley/internal/srtp"
)

// shield holds the contexts of both directions; its zero value lets packets pass as they are.
type shield struct {
	keys          *Crypto
	send, receive *srtp.Context
	broken        bool // the keys are of no use: nothing goes out or comes in
}

// take sets up the contexts of keys that are new.
func (s *shield) take(keys *Crypto) error {
	before := *s
	*s = shield{keys: keys, broken: keys != nil}
	if keys == nil {
		return nil
	}
	var err error
	if s.send = before.send; s.send == nil || !keys.SameSend(before.keys) {
		if s.send, err = srtp.NewContext(keys.Profile, keys.Send); err != nil {
			return fmt.Errorf("protect what is sent: %w", err)
		}
	}
	if s.receive = before.receive; s.receive == nil || !keys.SameReceive(before.keys) {
		if s.receive, err = srtp.NewContext(keys.Profile, keys.Receive); err != nil {
			return fmt.Errorf("open what is received: %w", err)
		}
	}
	s.broken = false
	return nil
}

// protect seals a packet in place; its memory has room for the tag.
func (s *shield) protect(packet []byte, control bool) (sealed []byte, ok bool) {
	if s.send == nil || s.broken {
		return packet, !s.broken
	}
	var err error
	if control {
		sealed, err = s.send.ProtectControl(packet)
	} else {
		sealed, err = s.send.Protect(packet)
	}
	return sealed, err == nil
}

// open checks and opens a packet in place.
func (s *shield) open(packet []byte, control bool) (plain []byte, ok bool) {
	if s.receive == nil || s.broken {
		return packet, !s.broken
	}
	var err error
	if control {
		plain, err = s.receive.UnprotectControl(packet)
	} else {
		plain, err = s.receive.Unprotect(packet)
	}
	return plain, err == nil
}
