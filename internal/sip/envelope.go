package sip

import (
	"bytes"
	"errors"
	"slices"
	"strings"
)

// envelope is a message as it came, split into lines but not understood: enough to judge it, and to refuse it without
// keeping state.
type envelope struct {
	Method  string // of a request
	URI     string
	Code    string // of a response
	Version string
	Start   string // the whole first line
	Fields  []field
	Body    []byte // what follows the empty line; it belongs to the reader of the socket
	Stray   bool   // a carriage return stands alone
}

// field is one header field, its name in lower case and long form.
type field struct{ Name, Value string }

// Bounds of a message.
const (
	maxMessage = 65535
	maxFields  = 200
)

// longForms are the compact names (RFC 3261 §7.3.3).
var longForms = map[string]string{
	"i": "call-id", "m": "contact", "e": "content-encoding", "l": "content-length", "c": "content-type", "f": "from",
	"s": "subject", "k": "supported", "t": "to", "v": "via",
	"r": "refer-to", "b": "referred-by",
}

var (
	errNotSIP     = errors.New("not a SIP message")
	errUnfinished = errors.New("no empty line after the header fields")
)

// open splits a message. It fails on what is no SIP message at all.
func open(raw []byte) (*envelope, error) {
	e := &envelope{}
	return e, e.split(raw)
}

// split is open for an envelope that was used before.
func (e *envelope) split(raw []byte) error {
	if !looksLikeSIP(raw) {
		return errNotSIP
	}
	head, body, found := bytes.Cut(raw, []byte("\r\n\r\n"))
	if !found {
		return errUnfinished
	}
	count := bytes.Count(head, []byte("\r\n"))
	if count >= maxFields {
		return errNotSIP
	}
	start, rest, more := strings.Cut(string(head), "\r\n")
	*e = envelope{Start: start, Body: body, Fields: slices.Grow(e.Fields[:0], count), Stray: bytes.Count(head, []byte("\r")) != count}
	if err := e.startLine(); err != nil {
		return err
	}
	for more {
		var line string
		line, rest, more = strings.Cut(rest, "\r\n")
		if n := len(e.Fields); n > 0 && (line[:min(1, len(line))] == " " || line[:min(1, len(line))] == "\t") {
			e.Fields[n-1].Value += " " + strings.TrimSpace(line) // folding (RFC 3261 §7.3.1)
			continue
		}
		name, value, found := strings.Cut(line, ":")
		if !found {
			e.Fields = append(e.Fields, field{Name: "", Value: line})
			continue
		}
		e.Fields = append(e.Fields, field{Name: longName(strings.TrimRight(name, " \t")), Value: strings.TrimSpace(value)})
	}
	return nil
}

// usual are the names that nearly every message has, as they are nearly always written.
var usual = map[string]string{
	"Via": "via", "From": "from", "To": "to", "Call-ID": "call-id", "CSeq": "cseq", "Contact": "contact",
	"Max-Forwards": "max-forwards", "Content-Length": "content-length", "Content-Type": "content-type", "Allow": "allow",
	"User-Agent": "user-agent", "Server": "server", "Supported": "supported", "Reason": "reason", "Route": "route",
	"Record-Route": "record-route",
}

// longName is the name of a field in lower case and long form.
func longName(name string) string {
	if lower, ok := usual[name]; ok {
		return lower
	}
	name = strings.ToLower(name)
	if long, ok := longForms[name]; ok {
		return long
	}
	return name
}

// looksLikeSIP looks at the first bytes only: a token and a blank, or "SIP/".
func looksLikeSIP(raw []byte) bool {
	if len(raw) < 16 || len(raw) > maxMessage {
		return false
	}
	if bytes.HasPrefix(raw, []byte("SIP/")) {
		return true
	}
	for i, c := range raw[:min(len(raw), 64)] {
		if c == ' ' {
			return i > 0 && bytes.Contains(raw[:min(len(raw), 16384)], []byte("SIP/"))
		}
		if !isToken(c) {
			return false
		}
	}
	return false
}

// startLine takes the first line apart. What is wrong in it is for faults to say: here it only has to be a start line.
func (e *envelope) startLine() error {
	if strings.HasPrefix(e.Start, "SIP/") {
		parts := strings.SplitN(e.Start, " ", 3)
		if len(parts) < 2 {
			return errNotSIP
		}
		e.Version, e.Code = parts[0], parts[1]
		return nil
	}
	method, rest, _ := strings.Cut(e.Start, " ")
	i := strings.LastIndex(rest, " SIP/")
	if i < 0 {
		return errNotSIP
	}
	e.Method, e.URI, e.Version = method, rest[:i], rest[i+1:]
	return nil
}

// isRequest tells requests from responses.
func (e *envelope) isRequest() bool { return e.Method != "" }

// value is the first field of that name, "" when there is none.
func (e *envelope) value(name string) string {
	for _, f := range e.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// count is how many fields of that name there are.
func (e *envelope) count(name string) int {
	n := 0
	for _, f := range e.Fields {
		if f.Name == name {
			n++
		}
	}
	return n
}

// param finds ;name=value outside of <> and quotes.
func param(value, name string) (string, bool) {
	quoted, angle, start := false, 0, -1
	check := func(part string) (string, bool) {
		key, val, _ := strings.Cut(part, "=")
		return strings.Trim(strings.TrimSpace(val), `"`), strings.EqualFold(strings.TrimSpace(key), name)
	}
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '<':
			angle++
		case c == '>':
			angle--
		case (c == ';' || c == ',') && angle <= 0:
			if start >= 0 {
				if found, ok := check(value[start:i]); ok {
					return found, true
				}
			}
			start = i + 1
			if c == ',' {
				return "", false // the next value's parameters are not ours
			}
		}
	}
	if start >= 0 && start <= len(value) {
		return check(value[start:])
	}
	return "", false
}

// isToken tells the signs of a token (RFC 3261 §25.1).
func isToken(c byte) bool { return tokenSigns[c] }

var tokenSigns = func() (signs [256]bool) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~") {
		signs[c] = true
	}
	return signs
}()

func allToken(text string) bool {
	for i := range len(text) {
		if !isToken(text[i]) {
			return false
		}
	}
	return text != ""
}
