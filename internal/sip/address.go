package sip

import "strings"

// badAddresses looks at From, To and Contact.
func (e *envelope) badAddresses() *fault {
	for _, f := range e.Fields {
		switch f.Name {
		case "from", "to", "contact":
			if f.Name == "contact" && f.Value == "*" {
				continue
			}
			if !soundAddress(f.Value) {
				return &fault{400, f.Name}
			}
		}
	}
	if tag, _ := param(e.value("from"), "tag"); tag != "" && !allToken(tag) {
		return &fault{400, "tag"}
	}
	return nil
}

// soundAddress judges one or more addresses: a display name is quoted or made of tokens, a URI with ? or , stands in
// <>, and no blank stands inside of it (RFC 3261 §20.10, §25.1).
func soundAddress(value string) bool {
	rest := strings.TrimSpace(value)
	for rest != "" {
		open := strings.IndexByte(afterQuoted(rest), '<')
		if open < 0 {
			uri, _, _ := strings.Cut(rest, ";")
			return !strings.ContainsAny(strings.TrimSpace(uri), " \t?,\"<>") && strings.Contains(uri, ":")
		}
		open += len(rest) - len(afterQuoted(rest))
		name := strings.TrimSpace(rest[:open])
		if name != "" && !strings.HasPrefix(name, `"`) && !plainName(name) {
			return false
		}
		inside, after, found := strings.Cut(rest[open+1:], ">")
		if !found || strings.ContainsAny(inside, " \t<") || !strings.Contains(inside, ":") {
			return false
		}
		rest = nextAddress(after)
	}
	return true
}

// afterQuoted is what follows a quoted display name.
func afterQuoted(text string) string {
	if !strings.HasPrefix(text, `"`) {
		return text
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return text[i+1:]
		}
	}
	return ""
}

// plainName tells whether a display name is made of tokens and blanks only.
func plainName(name string) bool {
	for _, word := range strings.Fields(name) {
		if !allToken(word) {
			return false
		}
	}
	return true
}

// nextAddress skips parameters up to the comma that separates addresses.
func nextAddress(text string) string {
	quoted := false
	for i := range len(text) {
		switch text[i] {
		case '"':
			quoted = !quoted
		case ',':
			if !quoted {
				return strings.TrimSpace(text[i+1:])
			}
		}
	}
	return ""
}
