package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/settings"
)

// maxRange is how many numbers are added at once.
const maxRange = 1000

type (
	rangeInput struct {
		request
		Body struct {
			Last   string                  `json:"last" maxLength:"16" doc:"the last number; phone_number is the first"`
			Fields fields[settings.Number] `json:"fields" doc:"of all of them; without a label each has its number as label"`
		}
	}
	rangeOutput struct {
		Body struct {
			Created int `json:"created"`
		}
	}
)

// numberRangeRoutes are for numbers that a carrier gives in one piece (PN-9).
func (d *doors) numberRangeRoutes(api huma.API) {
	route(api, http.MethodPost, "/settings/numbers/range", access.Administrate, "Add the numbers from the first to the last, up to 1000", d.addRange)
}

func (d *doors) addRange(ctx context.Context, q *rangeInput) (*rangeOutput, error) {
	given := q.Body.Fields.is
	numbers, err := between(given.PhoneNumber, q.Body.Last)
	if err == nil {
		err = d.noneIsThere(ctx, numbers)
	}
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &rangeOutput{}
	for _, number := range numbers {
		given.PhoneNumber = number
		if _, err = d.DB.Shelves().Numbers.Create(in(ctx), actor(ctx, &q.request), given); err != nil {
			break
		}
		given.Default = false // one is enough: the first
		out.Body.Created++
	}
	if out.Body.Created > 0 {
		err = errors.Join(err, d.Changed(ctx, who(ctx).org))
	}
	return out, d.refusal(err)
}

// between lists the numbers from the first to the last.
func between(first, last string) ([]string, error) {
	from, err := strconv.ParseUint(strings.TrimPrefix(first, "+"), 10, 64)
	if err != nil {
		return nil, wrong("phone_number", "must be the first number, such as +3225550100")
	}
	to, err := strconv.ParseUint(strings.TrimPrefix(last, "+"), 10, 64)
	switch {
	case err != nil || !strings.HasPrefix(last, "+") || len(last) != len(first):
		return nil, wrong("last", "must be a number of the same length as the first, such as +3225550199")
	case to < from:
		return nil, wrong("last", "must not be below the first")
	case to-from >= maxRange:
		return nil, wrong("last", "must be at most %d numbers from the first", maxRange)
	}
	all := make([]string, 0, to-from+1)
	for n := from; n <= to; n++ {
		all = append(all, "+"+strconv.FormatUint(n, 10))
	}
	return all, nil
}

// noneIsThere refuses the whole range when a number of it is there already.
func (d *doors) noneIsThere(ctx context.Context, numbers []string) error {
	all, err := d.DB.Shelves().Numbers.All(in(ctx))
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, number := range numbers {
		wanted[number] = true
	}
	var there []string
	for _, one := range all {
		if wanted[one.Fields.PhoneNumber] {
			there = append(there, one.Fields.PhoneNumber)
		}
	}
	if len(there) > 0 {
		return wrong("last", "leads over numbers that are there already: %s", strings.Join(there, ", "))
	}
	return nil
}
