package settings

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TagType is what the value of a tag is (RC-7).
type TagType string

// The types of tags. A tag without a value is a yes.
const (
	TagText   TagType = "text"
	TagYesNo  TagType = "yes_no"
	TagPick   TagType = "pick_list"
	TagNumber TagType = "number"
	TagLink   TagType = "link"
)

// The longest key and value of a tag, in characters.
const (
	MaxTagKey   = 50
	MaxTagValue = 500
)

// TagKey is a key of the tags that people put on calls and recordings (RC-7).
type TagKey struct {
	Name    string   `json:"name" minLength:"1" maxLength:"50"`
	Type    TagType  `json:"tag_type" required:"false" enum:"text,yes_no,pick_list,number,link" default:"text"`
	Choices []string `json:"choices" required:"false" maxItems:"100" doc:"of a pick list"`
	Order   int      `json:"order" required:"false" minimum:"0" maximum:"1000" default:"0"`
	Active  bool     `json:"active" required:"false" default:"true"`
}

// Kind is KindTagKey.
func (TagKey) Kind() Kind { return KindTagKey }

// Title is its name.
func (k TagKey) Title() string { return k.Name }

// Refs is empty.
func (TagKey) Refs() []Ref { return nil }

// Check looks at the name and at the choices, which only a pick list has.
func (k TagKey) Check() []Problem {
	var all []Problem
	if why := CheckTagKey(k.Name); why != "" {
		all = append(all, Problem{"name", why})
	}
	if k.Type == TagPick && len(k.Choices) == 0 {
		all = append(all, Problem{"choices", "must hold at least one, as this is a pick list"})
	}
	if k.Type != TagPick && len(k.Choices) > 0 {
		all = append(all, Problem{"choices", "are for a pick list only"})
	}
	for i, one := range k.Choices {
		field := fmt.Sprintf("choices[%d]", i)
		if n := utf8.RuneCountInString(strings.TrimSpace(one)); n == 0 || n > 100 {
			all = append(all, Problem{field, "must have 1 to 100 characters"})
		} else if slices.ContainsFunc(k.Choices[:i], func(before string) bool { return sameWord(before, one) }) {
			all = append(all, Problem{field, "stands there twice"})
		}
	}
	return all
}

// CheckTagKey says what is wrong with a key, in words that complete "The key …"; empty: nothing.
func CheckTagKey(key string) string {
	if n := utf8.RuneCountInString(strings.TrimSpace(key)); n == 0 || n > MaxTagKey {
		return fmt.Sprintf("must have 1 to %d characters", MaxTagKey)
	}
	if strings.ContainsFunc(key, unicode.IsControl) {
		return "must be of one line"
	}
	return ""
}

// Value reads what somebody gave as the value of a tag of this key, as it is kept: a yes or no is "true" or "false", a choice is
// spelt as in the list, a number has a decimal point. Why says what is wrong with it, in words that complete "The value …".
func (k TagKey) Value(given string) (value, why string) {
	given = strings.TrimSpace(given)
	if utf8.RuneCountInString(given) > MaxTagValue {
		return "", fmt.Sprintf("must have at most %d characters", MaxTagValue)
	}
	switch k.Type {
	case TagYesNo:
		return yesNo(given)
	case TagPick:
		at := slices.IndexFunc(k.Choices, func(one string) bool { return sameWord(one, given) })
		if at < 0 {
			return "", fmt.Sprintf("must be one of %q", strings.Join(k.Choices, ", "))
		}
		return strings.TrimSpace(k.Choices[at]), ""
	case TagNumber:
		number, err := strconv.ParseFloat(given, 64)
		if err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
			return "", "must be a number such as 12 or 3.5"
		}
		return strconv.FormatFloat(number, 'f', -1, 64), ""
	case TagLink:
		at, err := url.Parse(given)
		if err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" {
			return "", "must be the address of a page, which begins with https:// or http://"
		}
		return given, ""
	default:
		if given == "" {
			return "", "is missing"
		}
		return given, ""
	}
}

func yesNo(given string) (value, why string) {
	switch strings.ToLower(given) {
	case "", "true", "yes", "1":
		return "true", ""
	case "false", "no", "0":
		return "false", ""
	}
	return "", "must be yes or no"
}

func sameWord(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
