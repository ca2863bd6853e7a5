package skill

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrInvalid says that a text is no expression over skills; the error that wraps it says where and why.
var ErrInvalid = errors.New("not an expression over skills")

const (
	maxText  = 1000 // characters of an expression
	maxDepth = 32   // parentheses and NOTs within each other
	maxName  = 50   // characters of a skill's name
)

// Parse reads an expression such as
//
//	french >= 3 AND (billing OR NOT "new customers")
//
// The words AND, OR and NOT may be written in any case; ≥ is another way to write >=. A name with spaces or that is one
// of these words stands in quotes. Without a level any level will do. An empty text asks for nothing.
func Parse(text string) (Expression, error) {
	switch {
	case utf8.RuneCountInString(text) > maxText:
		return Expression{}, fmt.Errorf("longer than %d characters: %w", maxText, ErrInvalid)
	case strings.TrimSpace(text) == "":
		return Expression{}, nil
	}
	p := &parser{rest: text}
	if err := p.next(); err != nil {
		return Expression{}, err
	}
	root, err := p.either(0)
	if err != nil {
		return Expression{}, err
	}
	if p.kind != end {
		return Expression{}, p.unexpected("AND, OR or the end")
	}
	return Expression{root: root}, nil
}

// kind is what a word of the text is.
type kind int

const (
	end kind = iota
	name
	number
	symbol // ( ) >=
	joiner // AND OR NOT
)

// parser reads a text word by word.
type parser struct {
	rest string
	kind kind
	word string
}

func (p *parser) unexpected(wanted string) error {
	if p.kind == end {
		return fmt.Errorf("ends where %s should follow: %w", wanted, ErrInvalid)
	}
	return fmt.Errorf("%q where %s should stand: %w", p.word, wanted, ErrInvalid)
}

func (p *parser) is(k kind, word string) bool { return p.kind == k && p.word == word }

// either reads parts joined by OR.
func (p *parser) either(depth int) (node, error) {
	left, err := p.all(depth)
	for err == nil && p.is(joiner, "OR") {
		var right node
		if err = p.next(); err == nil {
			right, err = p.all(depth)
			left = or{left, right}
		}
	}
	return left, err
}

// all reads parts joined by AND.
func (p *parser) all(depth int) (node, error) {
	left, err := p.one(depth)
	for err == nil && p.is(joiner, "AND") {
		var right node
		if err = p.next(); err == nil {
			right, err = p.one(depth)
			left = and{left, right}
		}
	}
	return left, err
}

// one reads a skill, a NOT, or parentheses.
func (p *parser) one(depth int) (node, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("more than %d parentheses within each other: %w", maxDepth, ErrInvalid)
	}
	switch {
	case p.kind == name:
		return p.skill()
	case p.is(joiner, "NOT"):
		if err := p.next(); err != nil {
			return nil, err
		}
		of, err := p.one(depth + 1)
		return not{of}, err
	case p.is(symbol, "("):
		if err := p.next(); err != nil {
			return nil, err
		}
		inner, err := p.either(depth + 1)
		if err != nil {
			return nil, err
		}
		if !p.is(symbol, ")") {
			return nil, p.unexpected(")")
		}
		return inner, p.next()
	}
	return nil, p.unexpected("a skill")
}

func (p *parser) skill() (node, error) {
	n := atLeast{name: strings.ToLower(p.word), shown: p.word}
	if utf8.RuneCountInString(p.word) > maxName {
		return nil, fmt.Errorf("skill %q: longer than %d characters: %w", p.word, maxName, ErrInvalid)
	}
	if err := p.next(); err != nil || !p.is(symbol, ">=") {
		return n, err
	}
	if err := p.next(); err != nil {
		return nil, err
	}
	level, err := strconv.ParseFloat(p.word, 64)
	if p.kind != number || err != nil || level < Lowest || level > Highest {
		return nil, p.unexpected("a level from 1 to 5")
	}
	n.level = level
	return n, p.next()
}

// next reads the next word.
func (p *parser) next() error {
	p.rest = strings.TrimLeftFunc(p.rest, unicode.IsSpace)
	if p.rest == "" {
		p.kind, p.word = end, ""
		return nil
	}
	switch r, size := utf8.DecodeRuneInString(p.rest); {
	case r == '(' || r == ')':
		p.take(symbol, size)
	case r == '≥':
		p.take(symbol, size)
		p.word = ">="
	case strings.HasPrefix(p.rest, ">="):
		p.take(symbol, 2)
	case r == '"':
		inner, after, closed := strings.Cut(p.rest[1:], `"`)
		if !closed || strings.TrimSpace(inner) == "" {
			return fmt.Errorf("a quotation that is empty or does not end: %w", ErrInvalid)
		}
		p.kind, p.word, p.rest = name, inner, after
	case unicode.IsDigit(r):
		p.take(number, width(p.rest, func(r rune) bool { return unicode.IsDigit(r) || r == '.' }))
	case inName(r):
		p.take(name, width(p.rest, inName))
		if word := strings.ToUpper(p.word); reserved(word) {
			p.kind, p.word = joiner, word
		}
	default:
		return fmt.Errorf("%q has no meaning here: %w", r, ErrInvalid)
	}
	return nil
}

func (p *parser) take(k kind, size int) {
	p.kind, p.word, p.rest = k, p.rest[:size], p.rest[size:]
}

// width is how many bytes of a text fit.
func width(text string, fits func(rune) bool) int {
	if at := strings.IndexFunc(text, func(r rune) bool { return !fits(r) }); at >= 0 {
		return at
	}
	return len(text)
}

func inName(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-' || r == '.' || unicode.IsMark(r))
}

func reserved(upper string) bool { return upper == "AND" || upper == "OR" || upper == "NOT" }

// plain tells whether a name needs no quotes.
func plain(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return width(name, inName) == len(name) && !unicode.IsDigit(first) && !reserved(strings.ToUpper(name))
}
