package story

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Signal reads a signal from its word and key=value words.
func (s *Story[Signal, Outcome]) Signal(text string) Signal {
	s.T.Helper()
	word, rest, _ := strings.Cut(text, " ")
	none, err := s.Signals.Decode(word, []byte("{}"))
	if err != nil {
		s.T.Fatal(err)
	}
	p := reflect.New(reflect.TypeOf(none))
	s.Fill(p.Interface(), rest)
	signal, ok := p.Elem().Interface().(Signal)
	if !ok {
		s.T.Fatalf("%q is no signal", text)
	}
	return signal
}

// Duration reads a time span such as 20s.
func (s *Story[Signal, Outcome]) Duration(text string) time.Duration {
	s.T.Helper()
	d, err := time.ParseDuration(text)
	if err != nil {
		s.T.Fatal(err)
	}
	return d
}

// Fill sets the fields of the struct at p, named as in JSON, from key=value words.
func (s *Story[Signal, Outcome]) Fill(p any, text string) {
	s.T.Helper()
	v := reflect.ValueOf(p).Elem()
	for _, word := range words(text) {
		key, value, _ := strings.Cut(word, "=")
		f := fieldNamed(v, key)
		if !f.IsValid() {
			s.T.Fatalf("%s has no %q", v.Type(), key)
		}
		if s.Read != nil {
			if own := s.Read(f.Interface(), value); own != nil {
				f.Set(reflect.ValueOf(own))
				continue
			}
		}
		if err := s.set(f, value); err != nil {
			s.T.Fatal(err)
		}
	}
}

// words splits at spaces outside of quotes, and drops the quotes.
func words(text string) []string {
	quoted := false
	fields := strings.FieldsFunc(text, func(r rune) bool {
		quoted = quoted != (r == '"')
		return r == ' ' && !quoted
	})
	for i, f := range fields {
		fields[i] = strings.ReplaceAll(f, `"`, "")
	}
	return fields
}

func fieldNamed(v reflect.Value, key string) reflect.Value {
	for i := range v.NumField() {
		if name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); name == key {
			return v.Field(i)
		}
		if v.Type().Field(i).Anonymous {
			if f := fieldNamed(v.Field(i), key); f.IsValid() {
				return f
			}
		}
	}
	return reflect.Value{}
}

// set reads a plain value: a moment is written as the time span from now, a list with commas, a bool as on or nothing.
func (s *Story[Signal, Outcome]) set(f reflect.Value, text string) error {
	switch f.Interface().(type) {
	case time.Time:
		f.Set(reflect.ValueOf(s.Now.Add(s.Duration(text))))
		return nil
	case time.Duration:
		f.SetInt(int64(s.Duration(text)))
		return nil
	}
	switch f.Kind() {
	case reflect.String:
		f.SetString(text)
	case reflect.Bool:
		f.SetBool(text == "" || text == "on" || text == "true")
	case reflect.Int, reflect.Int64:
		n, err := strconv.Atoi(text)
		f.SetInt(int64(n))
		return err
	case reflect.Slice:
		for _, one := range strings.Split(text, ",") {
			part := reflect.New(f.Type().Elem()).Elem()
			if err := s.set(part, one); err != nil {
				return err
			}
			f.Set(reflect.Append(f, part))
		}
	default:
		return fmt.Errorf("a %s cannot be written in a story", f.Type())
	}
	return nil
}
