package api

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/campaign"
	"parley/internal/dialing"
	"parley/internal/owner"
	"parley/internal/rtc"
	"parley/internal/station"
	"parley/internal/store"
	"parley/internal/voicemail"
)

// problem writes an RFC 9457 problem outside the described routes.
func problem(w http.ResponseWriter, status int, sentence string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: sentence})
}

// refuse writes an error as refusal words it, outside the described routes.
func (d *doors) refuse(w http.ResponseWriter, err error) {
	told := huma.StatusError(nil)
	if !errors.As(d.refusal(err), &told) {
		return
	}
	problem(w, told.GetStatus(), told.Error())
}

// refusal turns an error into the problem that a person is told. Faults are logged here, at the door, and told as such.
func (d *doors) refusal(err error) error {
	if err == nil {
		return nil
	}
	if told := (huma.StatusError)(nil); errors.As(err, &told) {
		return err
	}
	if told := recordRefusal(err); told != nil {
		return told
	}
	if told := (dialing.Refusal{}); errors.As(err, &told) {
		return huma.NewError(http.StatusUnprocessableEntity, spoken(told.Why))
	}
	for _, k := range kinds {
		for _, kind := range k.errors {
			if errors.Is(err, kind) {
				return huma.NewError(k.status, sentence(k.sentence, err))
			}
		}
	}
	d.Log.Error("request failed", "err", err)
	return huma.Error500InternalServerError(faultWords)
}

// faultWords are what a person is told of a fault of ours.
const faultWords = "Something went wrong on the server. It has been logged; please try again."

// kinds says how each kind of refusal is answered; an empty sentence is made of the error itself.
var kinds = []struct {
	status   int
	sentence string
	errors   []error
}{
	{http.StatusNotFound, "This does not exist, or not any more.", []error{store.ErrNotFound}},
	{http.StatusNotFound, "", []error{voicemail.ErrNoMailbox}},
	{http.StatusConflict, "Somebody else has changed this meanwhile. Load it again.", []error{store.ErrStale}},
	{http.StatusConflict, "", []error{
		store.ErrTaken, store.ErrInUse, call.ErrNotNow, dialing.ErrNotNow, campaign.ErrNotNow,
		station.ErrElsewhere, station.ErrInCall, station.ErrRingOver, station.ErrNoVoice,
		station.ErrNotStarted, station.ErrNoPhone, station.ErrNoPath, station.ErrOneCall, station.ErrBothLines,
		station.ErrPhoneLines,
	}},
	{http.StatusConflict, "This call is over.", []error{callcontrol.ErrNoCall}},
	{http.StatusServiceUnavailable, "", []error{callcontrol.ErrDraining}},
	{http.StatusConflict, "This is over.", []error{owner.ErrGone}},
	{http.StatusServiceUnavailable, "The server is busy. Please try again.", []error{owner.ErrFull, context.DeadlineExceeded, context.Canceled}},
	{http.StatusUnprocessableEntity, "The call routing does not understand this request.", []error{acd.ErrInvalid}},
	{http.StatusUnprocessableEntity, "", []error{rtc.ErrBadOffer, rtc.ErrNoCodec, station.ErrInvalid, store.ErrInvalid}},
	{http.StatusNotFound, "This agent is not known to the call routing.", []error{acd.ErrUnknown}},
	{http.StatusNotFound, "", []error{rtc.ErrNoLeg}},
	{http.StatusNotFound, "The sound of this recording is not there any more.", []error{fs.ErrNotExist}},
}

// sentence makes an error readable: without the name of the signal that it begins with, with a capital and a full stop.
func sentence(fixed string, err error) string {
	if fixed != "" {
		return fixed
	}
	text := err.Error()
	if word, rest, ok := strings.Cut(text, ": "); ok && !strings.ContainsAny(word, " ") {
		text = rest
	}
	return spoken(text)
}

// spoken gives a text a capital and a full stop.
func spoken(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(text[size:], ".") + "."
}
