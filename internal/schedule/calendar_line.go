package schedule

import (
	"strings"
	"unicode"
)

// line is one property: DTSTART;VALUE=DATE:20261225 (RFC 5545 §3.1).
type line struct {
	name   string // in capitals
	params map[string]string
	value  string
}

// unfold reads the lines of a calendar. A line that begins with a space goes on with the one before it; lines may end in
// CR LF or in LF alone, as many feeds do.
func unfold(text []byte) []line {
	var all []line
	var logical strings.Builder
	end := func() {
		if logical.Len() > 0 {
			all = append(all, readLine(strings.TrimPrefix(logical.String(), "\ufeff")))
		}
		logical.Reset()
	}
	for raw := range strings.Lines(strings.ToValidUTF8(string(text), "")) {
		raw = strings.TrimRight(raw, "\r\n")
		if raw != "" && (raw[0] == ' ' || raw[0] == '\t') {
			logical.WriteString(raw[1:])
			continue
		}
		end()
		logical.WriteString(raw)
	}
	end()
	return all
}

// readLine parts a line into name, parameters and value. A parameter in quotes may hold colons and semicolons.
func readLine(text string) line {
	l := line{params: map[string]string{}}
	head, value := text, ""
	quoted := false
	for i, c := range text {
		if c == '"' {
			quoted = !quoted
		}
		if c == ':' && !quoted {
			head, value = text[:i], text[i+1:]
			break
		}
	}
	parts := splitOutside(head, ';')
	l.name, l.value = strings.ToUpper(strings.TrimSpace(parts[0])), strings.TrimSpace(value)
	for _, p := range parts[1:] {
		key, v, _ := strings.Cut(p, "=")
		l.params[strings.ToUpper(key)] = strings.Trim(v, `"`)
	}
	return l
}

// splitOutside splits at a sign that does not stand in quotes.
func splitOutside(text string, sign rune) []string {
	quoted := false
	var all []string
	begin := 0
	for i, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case c == sign && !quoted:
			all, begin = append(all, text[begin:i]), i+1
		}
	}
	return append(all, text[begin:])
}

// event is the lines of a VEVENT, without those of what is nested in it.
type event []line

func (e event) first(name string) line {
	for _, l := range e {
		if l.name == name {
			return l
		}
	}
	return line{}
}

func (e event) every(name string) (all []line) {
	for _, l := range e {
		if l.name == name {
			all = append(all, l)
		}
	}
	return all
}

const longestTitle = 100 // characters

// title is the event's summary in plain characters (RFC 5545 §3.3.11 writes some with a stroke).
func (e event) title() string {
	text := strings.NewReplacer(`\n`, " ", `\N`, " ", `\,`, ",", `\;`, ";", `\\`, `\`).Replace(e.first("SUMMARY").value)
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, text))
	return strings.TrimSpace(string(runes[:min(len(runes), longestTitle)]))
}

func eventsOf(lines []line) []event {
	var all []event
	var inside []string // what is open, outermost first
	for _, l := range lines {
		kind := strings.ToUpper(l.value)
		switch {
		case l.name == "BEGIN":
			inside = append(inside, kind)
			if kind == "VEVENT" {
				all = append(all, nil)
			}
		case l.name == "END" && len(inside) > 0:
			inside = inside[:len(inside)-1]
		case len(inside) > 0 && inside[len(inside)-1] == "VEVENT":
			all[len(all)-1] = append(all[len(all)-1], l)
		}
	}
	return all
}

// zoneNames gives for the zones that a calendar defines the name by which the world knows them, where it says so.
func zoneNames(lines []line) map[string]string {
	names, zone := map[string]string{}, ""
	for _, l := range lines {
		switch l.name {
		case "TZID":
			zone = l.value
		case "X-LIC-LOCATION":
			names[zone] = l.value
		}
	}
	return names
}
