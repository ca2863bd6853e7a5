package sip

import (
	"time"

	"parley/internal/media"
	"parley/internal/tel"
)

// signal is one thing that a leg's machine hears, plain data.
type signal interface{ signal() }

// What people above ask for.
type (
	ring       struct{}
	earlyMedia struct{}
	answer     struct{}
	hangUp     struct {
		Cause tel.Cause `json:"cause"`
	}
	reject struct {
		Cause tel.Cause `json:"cause"`
	}
	refresh struct{}
	pressed struct {
		Digit tel.Digit `json:"digit"`
	}
	prefer struct {
		Codecs Codecs `json:"codecs"`
	}
)

// What the wire brings.
type (
	// invited is the INVITE that made a leg of ours the answering side.
	invited struct {
		Mouth mouth  `json:"mouth"`
		CSeq  uint32 `json:"cseq"`
		Tag   string `json:"tag,omitempty"`   // of the far side
		Offer string `json:"offer,omitempty"` // empty: late offer
		Allow string `json:"allow,omitempty"` // methods of the far side
	}
	// dial makes a leg of ours the calling side, with one INVITE per target.
	dial struct {
		Mouth    mouth  `json:"mouth"`
		Targets  int    `json:"targets"`
		Password bool   `json:"password"`          // a challenge can be answered
		Problem  string `json:"problem,omitempty"` // why there is no target
	}
	// cancelled means that the INVITE was cancelled before a final response of ours went out, and 487 was sent.
	cancelled struct {
		Reason string `json:"reason,omitempty"`
	}
	acked struct {
		CSeq uint32 `json:"cseq"`
		SDP  string `json:"sdp,omitempty"`
	}
	// requested is a request inside the dialog, or BYE and UPDATE in an early one.
	requested struct {
		Tx     int       `json:"tx"`
		Method string    `json:"method"`
		CSeq   uint32    `json:"cseq"`
		Type   string    `json:"type,omitempty"`
		Body   string    `json:"body,omitempty"`
		Cause  tel.Cause `json:"cause,omitempty"` // of a Reason header
		Reason string    `json:"reason,omitempty"`
		Allow  string    `json:"allow,omitempty"`
		Refer  referral  `json:"refer,omitzero"`
	}
	// responded is a response to a request of ours. Tag is the far side's: it names the dialog.
	responded struct {
		Attempt int    `json:"attempt"`
		Method  string `json:"method"`
		CSeq    uint32 `json:"cseq"`
		Code    int    `json:"code"`
		Reason  string `json:"reason,omitempty"`
		Tag     string `json:"tag,omitempty"`
		SDP     string `json:"sdp,omitempty"`
		Allow   string `json:"allow,omitempty"`
		Foreign bool   `json:"foreign,omitempty"` // a challenge for another realm than our password's, as Reason says
	}
	// failed means that a request of ours found no way out, or no response within 64·T1.
	failed struct {
		Attempt int    `json:"attempt"`
		Method  string `json:"method"`
		CSeq    uint32 `json:"cseq"`
		Code    int    `json:"code"` // 408 or 503 in its place (RFC 3261 §8.1.3.1)
	}
	// lost means that the transaction of the INVITE that we answer broke.
	lost struct{}
	// dropped means that the leg shall vanish without a word: it never arrived.
	dropped struct{}
	// heard is what the media leg reports.
	heard struct {
		Event media.Event `json:"event"`
	}
	timeUp struct {
		Timer string `json:"timer"`
	}
)

func (ring) signal()       {}
func (earlyMedia) signal() {}
func (answer) signal()     {}
func (hangUp) signal()     {}
func (reject) signal()     {}
func (refresh) signal()    {}
func (pressed) signal()    {}
func (prefer) signal()     {}
func (invited) signal()    {}
func (dial) signal()       {}
func (cancelled) signal()  {}
func (acked) signal()      {}
func (requested) signal()  {}
func (responded) signal()  {}
func (failed) signal()     {}
func (lost) signal()       {}
func (dropped) signal()    {}
func (heard) signal()      {}
func (timeUp) signal()     {}

// action is one thing that a leg's machine wants done, plain data.
type action interface{ action() }

type (
	// respond answers the request of a server transaction; 0 is the INVITE that made the leg.
	respond struct {
		Tx         int       `json:"tx"`
		Code       int       `json:"code"`
		SDP        string    `json:"sdp,omitempty"`
		RetryAfter int       `json:"retry_after,omitempty"` // seconds
		Cause      tel.Cause `json:"cause,omitempty"`       // for a Reason header (RFC 6432)
		Why        string    `json:"why,omitempty"`         // an offer is refused, in words
		// Unsubscribed says that a REFER is taken as Refer-Sub: false asked (RFC 4488 §4).
		Unsubscribed bool `json:"unsubscribed,omitempty"`
	}
	// request sends a request: without Tag the INVITE of an attempt, with it one inside that dialog.
	request struct {
		Attempt    int       `json:"attempt"`
		Tag        string    `json:"tag,omitempty"`
		Method     string    `json:"method"`
		CSeq       uint32    `json:"cseq"`
		Type       string    `json:"type,omitempty"`
		Body       string    `json:"body,omitempty"`
		Challenged bool      `json:"challenged,omitempty"` // answer the last challenge
		Cause      tel.Cause `json:"cause,omitempty"`
		Event      string    `json:"event,omitempty"` // of a NOTIFY, with the State of its subscription (RFC 6665 §4.1.3)
		State      string    `json:"state,omitempty"`
	}
	// acknowledge sends the ACK of a 2xx.
	acknowledge struct {
		Attempt int    `json:"attempt"`
		Tag     string `json:"tag"`
		CSeq    uint32 `json:"cseq"`
		SDP     string `json:"sdp,omitempty"`
	}
	cancel struct {
		Attempt int       `json:"attempt"`
		Cause   tel.Cause `json:"cause,omitempty"`
	}
	// agreeOn gives the sound new terms.
	agreeOn struct {
		Terms agreement `json:"terms"`
	}
	// sendKey plays a key as RFC 4733 events.
	sendKey struct {
		Digit tel.Digit `json:"digit"`
	}
	// passKey lets those who hear the leg have a key of the far side's that came by INFO.
	passKey struct {
		Digit tel.Digit `json:"digit"`
	}
	// setTimer asks for a timeUp between Least and Most from now; which moment is chance.
	setTimer struct {
		Timer string        `json:"timer"`
		Least time.Duration `json:"least"`
		Most  time.Duration `json:"most"`
	}
	stopTimer struct {
		Timer string `json:"timer"`
	}
	// tell passes Progress to the Exchange.
	tell struct {
		What Progress `json:"what"`
	}
)

func (respond) action()     {}
func (request) action()     {}
func (acknowledge) action() {}
func (cancel) action()      {}
func (agreeOn) action()     {}
func (sendKey) action()     {}
func (passKey) action()     {}
func (setTimer) action()    {}
func (stopTimer) action()   {}
func (tell) action()        {}
