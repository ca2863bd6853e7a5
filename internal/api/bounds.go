package api

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

// Of a value outside its range the library tells the one bound that was broken. A person is told the whole range, which the schema
// of the field knows.

// schemasKey finds, in the context of a request, the schemas that its operation refers to.
type schemasKey struct{}

// newProblemAt is newProblem for what the library found wrong with a request.
func newProblemAt(ctx huma.Context, status int, text string, errs ...error) huma.StatusError {
	schemas, known := ctx.Context().Value(schemasKey{}).(huma.Registry)
	for _, err := range errs {
		if one := (*huma.ErrorDetail)(nil); known && errors.As(err, &one) {
			one.Message = wholeRange(requestField(schemas, ctx.Operation(), one.Location), one.Message)
		}
	}
	return newProblem(status, text, errs...)
}

// requestField is the schema of what stands at a location of a request, such as body.fields.timeout or query.limit; nil when there
// is none.
func requestField(schemas huma.Registry, op *huma.Operation, location string) *huma.Schema {
	where, name, _ := strings.Cut(location, ".")
	if op.RequestBody != nil && strings.HasPrefix(where, "body") {
		for _, content := range op.RequestBody.Content {
			return field(schemas, content.Schema, strings.TrimPrefix(location, "body"))
		}
	}
	for _, p := range op.Parameters {
		if p.In == where && p.Name == name {
			return p.Schema
		}
	}
	return nil
}

// field is the schema of what stands at a path of s, such as options[2].digits; nil when there is none.
func field(schemas huma.Registry, s *huma.Schema, path string) *huma.Schema {
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune(".[]", r) }) {
		switch s = followed(schemas, s); {
		case s == nil:
			return nil
		case s.Items != nil:
			s = s.Items
		case s.Properties[step] != nil:
			s = s.Properties[step]
		default:
			s, _ = s.AdditionalProperties.(*huma.Schema)
		}
	}
	return followed(schemas, s)
}

// followed is the schema that s stands for.
func followed(schemas huma.Registry, s *huma.Schema) *huma.Schema {
	for s != nil && s.Ref != "" {
		s = schemas.SchemaFromRef(s.Ref)
	}
	return s
}

// wholeRange is what is said of a field that breaks one of its two bounds; message, where it breaks another rule or there is but one.
func wholeRange(s *huma.Schema, message string) string {
	if s == nil {
		return message
	}
	breaks := func(format string, bound any) bool { return message == fmt.Sprintf(format, bound) }
	switch {
	case s.Minimum != nil && s.Maximum != nil &&
		(breaks(validation.MsgExpectedMinimumNumber, *s.Minimum) || breaks(validation.MsgExpectedMaximumNumber, *s.Maximum)):
		return "must be from " + decimal(*s.Minimum) + " to " + decimal(*s.Maximum)
	case s.MinLength != nil && s.MaxLength != nil &&
		(breaks(validation.MsgExpectedMinLength, *s.MinLength) || breaks(validation.MsgExpectedMaxLength, *s.MaxLength)):
		return fmt.Sprintf("must have %d to %d characters", *s.MinLength, *s.MaxLength)
	case s.MinItems != nil && s.MaxItems != nil &&
		(breaks(validation.MsgExpectedMinItems, *s.MinItems) || breaks(validation.MsgExpectedMaxItems, *s.MaxItems)):
		return fmt.Sprintf("must hold %d to %d", *s.MinItems, *s.MaxItems)
	}
	return message
}

// decimal writes a number without an exponent.
func decimal(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }
