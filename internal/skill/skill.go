// Package skill is the language in which a queue, a route or the API says which skills an agent must have (BX-1).
package skill

import (
	"fmt"
	"strconv"
	"strings"
)

// The lowest and the highest level of a skill (AG table).
const (
	Lowest  = 1.0
	Highest = 5.0
)

// Skill is one skill of an agent.
type Skill struct {
	Name  string  `json:"name"`  // compared without regard to case
	Level float64 `json:"level"` // 1.0 to 5.0
}

// Set is what an agent can: the level by the skill's name in lower case.
type Set map[string]float64

// NewSet makes a set. Of two skills of one name the higher level counts.
func NewSet(all []Skill) Set {
	s := make(Set, len(all))
	for _, one := range all {
		name := strings.ToLower(one.Name)
		s[name] = max(s[name], one.Level)
	}
	return s
}

// Expression says which skills are asked for: a name, a name with a least level, or these joined by NOT, AND and OR, of
// which NOT binds closest and OR least. The zero value asks for nothing. Make one with Parse.
type Expression struct {
	root node
}

// node is one part of an expression.
type node interface {
	fits(Set) bool
	score(Set) float64
	text() string
	binds() int // how close: 3 a skill or NOT, 2 AND, 1 OR
}

type (
	atLeast struct {
		name  string // in lower case
		shown string
		level float64
	}
	not struct{ of node }
	and struct{ left, right node }
	or  struct{ left, right node }
)

// Fits tells whether an agent with these skills is asked for.
func (e Expression) Fits(s Set) bool { return e.root == nil || e.root.fits(s) }

// Score says how well the skills fit that are asked for: the sum of their levels; of alternatives the best counts.
func (e Expression) Score(s Set) float64 {
	if e.root == nil {
		return 0
	}
	return e.root.score(s)
}

// String is the expression in words that Parse reads again.
func (e Expression) String() string {
	if e.root == nil {
		return ""
	}
	return e.root.text()
}

func (n atLeast) fits(s Set) bool {
	level, has := s[n.name]
	return has && level >= n.level
}
func (n not) fits(s Set) bool { return !n.of.fits(s) }
func (n and) fits(s Set) bool { return n.left.fits(s) && n.right.fits(s) }
func (n or) fits(s Set) bool  { return n.left.fits(s) || n.right.fits(s) }

func (n atLeast) score(s Set) float64 { return s[n.name] }
func (n not) score(Set) float64       { return 0 }
func (n and) score(s Set) float64     { return n.left.score(s) + n.right.score(s) }
func (n or) score(s Set) float64 {
	best := 0.0
	for _, side := range []node{n.left, n.right} {
		if side.fits(s) {
			best = max(best, side.score(s))
		}
	}
	return best
}

func (n atLeast) binds() int { return 3 }
func (n not) binds() int     { return 3 }
func (n and) binds() int     { return 2 }
func (n or) binds() int      { return 1 }

func (n atLeast) text() string {
	name := n.shown
	if !plain(name) {
		name = `"` + name + `"`
	}
	if n.level <= Lowest {
		return name
	}
	return fmt.Sprintf("%s >= %s", name, strconv.FormatFloat(n.level, 'f', -1, 64))
}
func (n not) text() string { return "NOT " + within(n.of, 3) }
func (n and) text() string { return within(n.left, 2) + " AND " + within(n.right, 2) }
func (n or) text() string  { return within(n.left, 1) + " OR " + within(n.right, 1) }

// within writes a part of something that binds so close.
func within(n node, binds int) string {
	if n.binds() < binds {
		return "(" + n.text() + ")"
	}
	return n.text()
}
