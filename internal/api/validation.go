package api

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

// The words of the library about what it refuses are package variables: they are set once, before any route is described.
func init() {
	huma.NewError, huma.NewErrorWithContext = newProblem, newProblemAt
	huma.DefaultArrayNullable = false // a list that is empty is [], never null
	validation.MsgUnexpectedProperty = "is not known here"
	validation.MsgExpectedRFC3339DateTime = "must be a time such as 2026-01-31T09:00:00Z"
	validation.MsgExpectedRFC5322Email = "must be an e-mail address%.0v" // the parser's own words are left out
	validation.MsgExpectedBoolean = "must be true or false"
	validation.MsgExpectedNumber = "must be a number"
	validation.MsgExpectedInteger = "must be a whole number"
	validation.MsgExpectedString = "must be a text"
	validation.MsgExpectedArray = "must be a list"
	validation.MsgExpectedObject = "must be an object"
	validation.MsgExpectedOneOf = "must be one of \"%s\""
	validation.MsgExpectedMinimumNumber = "must be at least %v"
	validation.MsgExpectedMaximumNumber = "must be at most %v"
	validation.MsgExpectedMinLength = "must have at least %d characters"
	validation.MsgExpectedMaxLength = "must have at most %d characters"
	validation.MsgExpectedMinItems = "must hold at least %d"
	validation.MsgExpectedMaxItems = "must hold at most %d"
	validation.MsgExpectedBePattern = "must be %s"
	validation.MsgExpectedMatchPattern = "must fit the pattern %s"
	validation.MsgExpectedRequiredProperty = missing + "%s"
}

// missing begins what is said of a field that is not there at all.
const missing = "lacks "

// newProblem is the RFC 9457 problem of every refusal: what the library found wrong becomes one sentence about the first
// field. What was sent is not sent back.
func newProblem(status int, text string, errs ...error) huma.StatusError {
	p := &huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: text}
	for _, err := range errs {
		if err == nil {
			continue
		}
		one := &huma.ErrorDetail{Message: err.Error()}
		if told, ok := err.(huma.ErrorDetailer); ok {
			one.Message, one.Location = told.ErrorDetail().Message, told.ErrorDetail().Location
		}
		p.Errors = append(p.Errors, one)
	}
	switch {
	case status == http.StatusRequestEntityTooLarge:
		p.Detail = "The request is too large: send at most 1 MB."
	case status == http.StatusUnsupportedMediaType:
		p.Detail = "The request must be JSON, with Content-Type application/json."
	case status == http.StatusInternalServerError && len(errs) > 0:
		p.Detail, p.Errors = faultWords, nil
	case len(p.Errors) > 0:
		p.Detail = aboutField(p.Errors[0])
	case text == "request body is required": // what the library says of a body without a byte
		p.Detail = "Nothing was sent: a file must not be empty."
	default:
		p.Detail = spoken(text)
	}
	return p
}

// aboutField says in a sentence which field is wrong and what it must be.
func aboutField(e *huma.ErrorDetail) string {
	_, name, _ := strings.Cut(e.Location, ".")
	what, isMissing := strings.CutPrefix(e.Message, missing)
	switch {
	case isMissing && name != "":
		return "The field " + name + "." + what + " is missing."
	case isMissing:
		return "The field " + what + " is missing."
	case strings.HasPrefix(e.Message, "required "):
		return "The field " + name + " is missing."
	case name == "" && e.Location == "body" || strings.HasPrefix(e.Message, "invalid character"):
		return "The request is not the JSON that is expected here: " + e.Message + "."
	case e.Message == "must have at least 1 characters":
		return "The field " + name + " must not be empty."
	case strings.HasPrefix(e.Message, "must "), strings.HasPrefix(e.Message, "is "):
		return "The field " + name + " " + e.Message + "."
	case name == "":
		return "The request cannot be read: " + e.Message + "."
	}
	return "The field " + name + " cannot be read: " + e.Message + "."
}
