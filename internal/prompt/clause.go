package prompt

import (
	"strings"
	"time"
	"unicode"
)

// Clause is a piece of a text that is spoken in one go, and the silence after it.
type Clause struct {
	Text  string
	Pause time.Duration
}

const (
	shortClause  = 24  // characters; what is shorter is spoken with what follows
	longClause   = 160 // characters; what is longer is cut between words
	commaPause   = 120 * time.Millisecond
	stopPause    = 300 * time.Millisecond
	stopSigns    = ".!?"
	clauseSigns  = ",;:" + stopSigns
	unspokenSign = '\uFFFD'
)

// Clauses cuts a text into clauses, since a speech program gives nothing before it has spoken the whole of what it was
// given. Nothing but the space between clauses and characters that cannot be printed is lost.
func Clauses(text string) (all []Clause) {
	var words []string
	length := 0
	end := func(pause time.Duration) {
		if len(words) > 0 {
			all = append(all, Clause{Text: strings.Join(words, " "), Pause: pause})
		}
		words, length = nil, 0
	}
	for _, word := range strings.FieldsFunc(text, unspoken) {
		if n := len([]rune(word)); length > 0 && length+n > longClause {
			end(0)
		}
		words, length = append(words, word), length+len([]rune(word))+1
		switch last := word[len(word)-1:]; {
		case strings.Contains(stopSigns, last) && length >= shortClause:
			end(stopPause)
		case strings.Contains(clauseSigns, last) && length >= shortClause:
			end(commaPause)
		}
	}
	end(0)
	if len(all) > 0 {
		all[len(all)-1].Pause = 0
	}
	return all
}

// unspoken are characters that part words: space, and what no program should be given.
func unspoken(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) || r == unspokenSign }
