package settings

import "reflect"

// KeepReadOnly gives a record as a person wants it, with what no person sets (readOnly in its tags) as it was before: a carrier,
// or the sound of a file, says that.
func KeepReadOnly[T any](before, wanted T) T {
	from, to := reflect.ValueOf(&before).Elem(), reflect.ValueOf(&wanted).Elem()
	for i := range to.NumField() {
		if to.Type().Field(i).Tag.Get("readOnly") == "true" {
			to.Field(i).Set(from.Field(i))
		}
	}
	return wanted
}
