package sip

import (
	"errors"
	"fmt"
	"strings"

	sipgo "github.com/emiago/sipgo/sip"
)

// What is wrong with an offer or an answer, in words that the administrators of both sides read. All are answered 488
// (RFC 3261 §21.4.26).
var (
	errNoCommonCodec = errors.New("no common codec")
	errPlain         = errors.New("encrypted sound (SRTP) is required here")
	errEncrypted     = errors.New("encrypted sound (SRTP) is switched off here")
	errNoKey         = errors.New("no common way to encrypt the sound")
)

// telling is the error that says more: one about keys comes of a stream that could have been taken.
func telling(before, err error) error {
	if before == nil || errors.Is(before, errNoCommonCodec) {
		return err
	}
	return before
}

// warning says why an offer is refused (RFC 3261 §20.43).
func warning(why string) sipgo.Header {
	code := 399
	switch why {
	case errNoCommonCodec.Error():
		code = 305
	case errPlain.Error(), errEncrypted.Error(), errNoKey.Error():
		code = 302
	}
	return sipgo.NewHeader("Warning", fmt.Sprintf("%d parley \"%s\"", code, quotable(why)))
}

// reasonPhrase is why a response refuses: its phrase, and the text of its Warning if there is one.
func reasonPhrase(res *sipgo.Response) string {
	header := res.GetHeader("warning")
	if header == nil || res.StatusCode < 300 {
		return clip(res.Reason, 200)
	}
	_, text, _ := strings.Cut(header.Value(), `"`)
	text, _, _ = strings.Cut(text, `"`)
	if text == "" {
		return clip(res.Reason, 200)
	}
	return clip(clip(res.Reason, 60)+": "+text, 200)
}

// wordsOf is why an attempt was refused. Who refuses an offer because it is encrypted seldom says so.
func (m *legMachine) wordsOf(a attempt) string {
	if m.mouth.SRTP != SecurityRequired || a.Code != 415 && a.Code != 488 && a.Code != 606 {
		return a.Reason
	}
	return strings.TrimPrefix(a.Reason+" (we asked for encrypted sound)", " ")
}
