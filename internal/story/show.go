package story

import (
	"fmt"
	"reflect"
	"strings"
	"time"
)

// Printer makes a function that writes a value in one line, without fields that say nothing. What own writes is
// written so, unless it writes nothing; own is nil when nothing is special.
func Printer(own func(v any) string) func(v any) string {
	var show func(v any) string
	show = func(v any) string {
		if own != nil {
			if text := own(v); text != "" {
				return text
			}
		}
		switch v := v.(type) {
		case time.Time:
			return v.Sub(Start).String()
		case time.Duration:
			return v.String()
		}
		r := reflect.ValueOf(v)
		switch r.Kind() {
		case reflect.Struct:
			return r.Type().Name() + " {" + strings.Join(fields(r, show), " ") + "}"
		case reflect.Slice:
			all := make([]string, r.Len())
			for i := range all {
				all[i] = show(r.Index(i).Interface())
			}
			return "[" + strings.Join(all, " ") + "]"
		default:
			return fmt.Sprint(v)
		}
	}
	return show
}

func fields(r reflect.Value, show func(v any) string) []string {
	var all []string
	for i := range r.NumField() {
		if !r.Field(i).IsZero() {
			all = append(all, r.Type().Field(i).Name+":"+show(r.Field(i).Interface()))
		}
	}
	return all
}
