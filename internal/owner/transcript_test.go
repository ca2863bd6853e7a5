package owner

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

type Said struct {
	Word string `json:"word"`
}

func (Said) sign() {}

var errEnough = errors.New("enough")

// written gives a transcript of these words, one a second.
func written(t *testing.T, h Heading, words ...string) string {
	t.Helper()
	var b strings.Builder
	s, err := NewScribe(&b, h, NewDictionary[sign](Said{}))
	if err != nil {
		t.Fatal(err)
	}
	for n, word := range words {
		if err := s.Write(Line[sign]{At: time.Unix(int64(n), 0), Signal: Said{Word: word}}); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func retold(text string) (story string, read *Transcript, err error) {
	read, err = ReadTranscript(strings.NewReader(text))
	if err != nil {
		return "", nil, err
	}
	var b strings.Builder
	err = Retell(read, &b, NewDictionary[sign](Said{}), func(_ time.Time, s sign) Retold {
		switch s.(Said).Word {
		case "panic":
			panic("tripped")
		case "no":
			return Retold{No: errNo}
		case "enough":
			return Retold{Over: errEnough}
		}
		return Retold{Do: Anys([]sign{SIPAnswered{}}), Tell: Anys([]sign{s})}
	})
	return b.String(), read, err
}

func TestTranscriptIsRetold(t *testing.T) {
	text := written(t, Heading{Machine: "clock", ID: "a", State: []byte(`{"Word":"x"}`)}, "one", "no", "two")
	story, read, err := retold(text)
	want := "00:00:00.000 < said {\"word\":\"one\"}\n  do   sip-answered {}\n  tell said {\"word\":\"one\"}\n" +
		"00:00:01.000 < said {\"word\":\"no\"}\n  no   no is no word\n" +
		"00:00:02.000 < said {\"word\":\"two\"}\n  do   sip-answered {}\n  tell said {\"word\":\"two\"}\n"
	if err != nil || story != want {
		t.Errorf("%v\n%s\nwant\n%s", err, story, want)
	}
	var state Said
	if err := Restore(read.State, &state); err != nil || state.Word != "x" || read.Machine != "clock" || read.ID != "a" {
		t.Errorf("%+v %+v %v", read.Heading, state, err)
	}
	if err := Restore(read.Books, &state); err != nil || state.Word != "x" {
		t.Errorf("without books: %+v %v", state, err)
	}
	if err := Restore([]byte("[]"), &state); err == nil {
		t.Error("restored from nonsense")
	}
}

func TestTranscriptThatEndsEarly(t *testing.T) {
	for text, want := range map[string]error{
		written(t, Heading{}, "one", "panic", "two"):  ErrBroke,
		written(t, Heading{}, "one", "enough", "two"): errEnough,
	} {
		if story, _, err := retold(text); !errors.Is(err, want) || !strings.HasPrefix(err.Error(), "line 3") || strings.Contains(story, "two") {
			t.Errorf("%v, want %v:\n%s", err, want, story)
		}
	}
}

func TestTranscriptOfNonsense(t *testing.T) {
	for text, want := range map[string]string{"": "empty", "{": "first line", "{}\n{": "line 2", "{}\n{\"signal\":\"sung\"}": "line 2"} {
		if _, _, err := retold(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if s, err := NewScribe(io.Discard, Heading{}, NewDictionary[sign](Said{})); err != nil || s.Write(Line[sign]{Signal: stray{}}) == nil {
		t.Error("wrote a stray signal")
	}
}
