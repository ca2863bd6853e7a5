package api

import (
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/settings"
	"parley/internal/store"
)

// recordProblem is the refusal of a change to a record, with what a form needs to go on.
type recordProblem struct {
	huma.ErrorModel
	Current any         `json:"current,omitempty"` // the record as somebody else has stored it
	Users   []store.Use `json:"users,omitempty"`   // what uses the record that was to be deleted
}

// recordRefusal words what the store says of a record; nil when it is about something else.
func recordRefusal(err error) error {
	var (
		problems *store.ProblemsError
		stale    *store.StaleError
		inUse    *store.InUseError
		taken    *store.TakenError
		invalid  *store.InvalidError
	)
	switch {
	case errors.As(err, &problems):
		return fieldsRefused(problems)
	case errors.As(err, &stale):
		p := conflict("Somebody else has changed this meanwhile. Compare both versions and save again.")
		p.Current = stale.Current
		return p
	case errors.As(err, &inUse):
		names := make([]string, 0, len(inUse.Users))
		for _, u := range inUse.Users {
			names = append(names, strings.ReplaceAll(u.Kind, "_", " ")+" "+u.Name)
		}
		p := conflict("This is in use by " + strings.Join(names, ", ") + ". Change these first.")
		p.Users = inUse.Users
		return p
	case errors.As(err, &invalid):
		return fieldsRefused(&store.ProblemsError{Problems: []settings.Problem{{Field: invalid.Field, What: "is not valid: " + invalid.Why}}})
	case errors.As(err, &taken):
		field := strings.TrimSuffix(taken.Field, "_id") // of an agent: the user
		p := conflict("There is one with this " + strings.ReplaceAll(field, "_", " ") + " already.")
		p.Errors = []*huma.ErrorDetail{{Location: "body.fields." + field, Message: "is taken already"}}
		return p
	case errors.Is(err, store.ErrProtected):
		return conflict("This number is protected against deletion. Lift the protection first.")
	}
	return nil
}

func conflict(detail string) *recordProblem {
	return &recordProblem{ErrorModel: huma.ErrorModel{Status: http.StatusConflict, Title: http.StatusText(http.StatusConflict), Detail: detail}}
}

func fieldsRefused(problems *store.ProblemsError) error {
	p := &recordProblem{ErrorModel: huma.ErrorModel{
		Status: http.StatusUnprocessableEntity, Title: http.StatusText(http.StatusUnprocessableEntity),
	}}
	for _, one := range problems.Problems {
		p.Errors = append(p.Errors, &huma.ErrorDetail{Location: "body.fields." + one.Field, Message: one.What})
	}
	first := problems.Problems[0]
	p.Detail = "The field " + first.Field + " " + first.What + "."
	return p
}
