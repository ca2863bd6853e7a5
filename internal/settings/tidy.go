package settings

import (
	"fmt"
	"reflect"
	"strings"
)

// Tidy is a record without the blanks around what must be said, such as names, and without what a list of words or records names
// again: the first place counts. What held nothing but blanks is a problem.
func Tidy[T any](record T) (T, []Problem) {
	tidied := &tidying{}
	tidied.fields("", reflect.ValueOf(&record).Elem())
	return record, tidied.blank
}

type tidying struct{ blank []Problem }

// fields goes through the fields of a struct; path is that of the struct in the record.
func (t *tidying) fields(path string, v reflect.Value) {
	for i := range v.NumField() {
		kind := v.Type().Field(i)
		name, _, _ := strings.Cut(kind.Tag.Get("json"), ",")
		t.field(strings.Trim(path+"."+name, "."), kind.Tag.Get("minLength") != "", v.Field(i))
	}
}

func (t *tidying) field(path string, required bool, v reflect.Value) {
	switch {
	case v.Kind() == reflect.Struct:
		t.fields(path, v)
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct && !v.IsNil():
		v.Set(cloned(v)) // the list is the caller's
		for i := range v.Len() {
			t.fields(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case v.Type() == reflect.TypeFor[[]string]() && !v.IsNil():
		list, _ := v.Interface().([]string)
		v.Set(reflect.ValueOf(once(list)))
	case v.Kind() == reflect.String && required && v.String() != "":
		v.SetString(strings.TrimSpace(v.String()))
		if v.String() == "" {
			t.blank = append(t.blank, Problem{path, "must not be empty"})
		}
	}
}

func cloned(list reflect.Value) reflect.Value {
	return reflect.AppendSlice(reflect.MakeSlice(list.Type(), 0, list.Len()), list)
}

// once is a list of the caller's without what was there before.
func once(all []string) []string {
	kept, known := make([]string, 0, len(all)), make(map[string]bool, len(all))
	for _, one := range all {
		if !known[one] {
			known[one] = true
			kept = append(kept, one)
		}
	}
	return kept
}
