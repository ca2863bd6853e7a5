package sip

import (
	"parley/internal/media"
	"parley/internal/srtp"
)

// Security says whether the sound of a peer is encrypted by SDES (RFC 4568). The keys are in the messages: without TLS
// who reads these can hear the call.
type Security string

// What can be asked of a peer.
const (
	SecurityAccepted Security = ""         // not offered, taken when the peer offers it
	SecurityNone     Security = "none"     // never: an offer of encryption alone is refused
	SecurityOptional Security = "optional" // offered beside plain RTP: RTP/AVP with a=crypto, as most telephones take it, then RTP/SAVP
	SecurityRequired Security = "required" // calls without it are refused
)

// Known tells whether s is one of the words above.
func (s Security) Known() bool {
	switch s {
	case SecurityAccepted, SecurityNone, SecurityOptional, SecurityRequired:
		return true
	}
	return false
}

// ourProfiles are those of our offers: GCM costs a third of the work, and every telephone with SDES has the other (RFC 4568
// §6.2). More lines would make an INVITE too long for UDP.
var ourProfiles = []srtp.Profile{srtp.AES128GCM, srtp.AES128SHA80}

// protected tells whether a stream cannot go without encryption, and whether its transport is one of ours.
func (s stream) protected() (secure, ours bool) {
	switch s.Proto {
	case "RTP/SAVP", "RTP/SAVPF":
		return true, true
	case "RTP/AVP", "RTP/AVPF":
		return false, true
	}
	return false, false
}

// keys finds how a stream of the far side is encrypted: the first of its lines that we can follow. A plain stream with
// keys is an optional one; no keys and no error mean plain RTP.
func (m mouth) keys(theirs stream) (*media.Crypto, srtp.Line, error) {
	secure, ours := theirs.protected()
	none := m.SRTP == SecurityNone
	switch {
	case !ours, secure && !none && len(theirs.Crypto) == 0:
		return nil, srtp.Line{}, errNoKey
	case secure && none:
		return nil, srtp.Line{}, errEncrypted
	case m.SRTP == SecurityRequired && len(theirs.Crypto) == 0:
		return nil, srtp.Line{}, errPlain
	case none || len(theirs.Crypto) == 0:
		return nil, srtp.Line{}, nil
	}
	line := theirs.Crypto[0]
	key, err := m.Secret.Key(line.Profile, m.Round)
	if err != nil {
		return nil, srtp.Line{}, err
	}
	return &media.Crypto{Profile: line.Profile, Send: key, Receive: line.Key}, line, nil
}

// offerKeys adds our keys to an offer, where encryption is wanted.
func (m mouth) offerKeys(ours *stream) {
	if m.SRTP != SecurityOptional && m.SRTP != SecurityRequired {
		return
	}
	if m.SRTP == SecurityRequired {
		ours.Proto = "RTP/SAVP"
	}
	for i, p := range ourProfiles {
		if key, err := m.Secret.Key(p, m.Round); err == nil {
			ours.Crypto = append(ours.Crypto, srtp.Line{Tag: i + 1, Profile: p, Key: key})
		}
	}
}

// keyOf is the key of our line that an answer's line takes (RFC 4568 §5.1.3); nil when it takes none.
func (s stream) keyOf(line srtp.Line) srtp.Key {
	for _, ours := range s.Crypto {
		if ours.Tag == line.Tag && ours.Profile == line.Profile {
			return ours.Key
		}
	}
	return nil
}
