package owner

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Dictionary gives the kinds of one interface (signals, actions or events of a machine) stable names, so that
// they are plain data: stories, replay, the journal and a cluster use the same words.
type Dictionary[T any] struct {
	kinds map[string]reflect.Type
}

// NewDictionary knows the kinds of the given examples, by the kebab-case form of their type names. It panics on a kind
// without a name and on two of the same name, which are mistakes of the program.
func NewDictionary[T any](examples ...T) *Dictionary[T] {
	d := &Dictionary[T]{kinds: map[string]reflect.Type{}}
	for _, e := range examples {
		word := Word(e)
		if _, twice := d.kinds[word]; twice || word == "" {
			panic(fmt.Sprintf("dictionary: %T: name %q is empty or taken", e, word))
		}
		d.kinds[word] = reflect.TypeOf(e)
	}
	return d
}

// Word is the stable name of a value: its type's name in kebab-case, "RingEnded" as "ring-ended"; empty for nil.
func Word(v any) string {
	if v == nil {
		return ""
	}
	kind := reflect.TypeOf(v)
	if known, ok := words.Load(kind); ok {
		if word, ok := known.(string); ok {
			return word
		}
	}
	word := kebab(kind.Name())
	words.Store(kind, word)
	return word
}

// words remembers the word of each type that was asked for; there are as many as the program has types of signals.
var words sync.Map

func kebab(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && !(unicode.IsUpper(runes[i-1]) && (i+1 == len(runes) || unicode.IsUpper(runes[i+1]))) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Words lists every name the dictionary knows, in alphabetical order.
func (d *Dictionary[T]) Words() []string {
	words := make([]string, 0, len(d.kinds))
	for w := range d.kinds {
		words = append(words, w)
	}
	slices.Sort(words)
	return words
}

// Encode gives a value's name and its JSON.
func (d *Dictionary[T]) Encode(v T) (word string, data []byte, err error) {
	word = Word(v)
	if _, known := d.kinds[word]; !known {
		return "", nil, fmt.Errorf("encode %s: not in the dictionary", word)
	}
	data, err = json.Marshal(v)
	return word, data, err
}

// Decode makes the value of a name and its JSON again.
func (d *Dictionary[T]) Decode(word string, data []byte) (T, error) {
	var none T
	kind, known := d.kinds[word]
	if !known {
		return none, fmt.Errorf("decode %q: not in the dictionary", word)
	}
	p := reflect.New(kind)
	if err := json.Unmarshal(data, p.Interface()); err != nil {
		return none, fmt.Errorf("decode %s: %w", word, err)
	}
	v, ok := p.Elem().Interface().(T)
	if !ok {
		return none, fmt.Errorf("decode %s: of another kind", word)
	}
	return v, nil
}
