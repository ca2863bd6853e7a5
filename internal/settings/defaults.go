package settings

import (
	"encoding/json"
	"fmt"
	"reflect"

	"parley/internal/dest"
)

// New is a record of a kind with the defaults that its tags name.
func New[T any]() T {
	var made T
	fill(reflect.ValueOf(&made).Elem())
	return made
}

// fill sets the default of every field, those of structs within too. A default that is none for its field is a mistake of this
// package's source.
func fill(v reflect.Value) {
	for i := range v.NumField() {
		field, kind := v.Field(i), v.Type().Field(i)
		if text, ok := kind.Tag.Lookup("default"); ok {
			if err := set(field, text); err != nil {
				panic(fmt.Sprintf("default of %s.%s: %v", v.Type(), kind.Name, err))
			}
		} else if to, is := field.Addr().Interface().(*dest.Destination); is && kind.Tag.Get("required") == "false" {
			to.Kind = dest.Hangup // a destination that may be left out hangs up
		} else if field.Kind() == reflect.Struct {
			fill(field)
		}
		if field.Kind() == reflect.Slice && field.IsNil() {
			field.Set(reflect.MakeSlice(field.Type(), 0, 0)) // a list that is empty is [], never null
		}
	}
}

func set(field reflect.Value, text string) error {
	if field.Kind() == reflect.String {
		field.SetString(text)
		return nil
	}
	return json.Unmarshal([]byte(text), field.Addr().Interface())
}

// Decode reads a record; what is not said has its default. A field that nobody knows is passed over, for records that a newer
// version stored.
func Decode[T any](text []byte) (T, error) {
	made := New[T]()
	if len(text) == 0 {
		return made, nil
	}
	if err := json.Unmarshal(text, &made); err != nil {
		return made, fmt.Errorf("read record: %w", err)
	}
	return made, nil
}
