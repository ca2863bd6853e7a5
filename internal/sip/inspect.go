package sip

import (
	"net/mail"
	"strconv"
	"strings"
)

// fault is why a message is refused.
type fault struct {
	Code int
	Why  string
}

// rules are looked at in this order.
var rules = []func(*envelope) *fault{
	(*envelope).badVersion, (*envelope).badStart, (*envelope).badFields, (*envelope).missing, (*envelope).badLength,
	(*envelope).badCSeq, (*envelope).badNumbers, (*envelope).badVia, (*envelope).badAddresses, (*envelope).badDate,
	(*envelope).badScheme, (*envelope).badHops,
}

// inspect finds the first rule that a message breaks (RFC 3261 §8.2, §16.3; RFC 4475 has the collection); nil when it
// is sound. A stream's message ends where its Content-Length says, a datagram's where the datagram does.
func (e *envelope) inspect() *fault {
	for _, rule := range rules {
		if f := rule(e); f != nil {
			return f
		}
	}
	return nil
}

func (e *envelope) badVersion() *fault {
	if strings.HasSuffix(e.Version, " ") {
		return &fault{400, "blanks after the version"}
	}
	if !strings.EqualFold(e.Version, "SIP/2.0") {
		return &fault{505, "version " + clip(e.Version, 20)}
	}
	return nil
}

func (e *envelope) badStart() *fault {
	if !e.isRequest() {
		if code, err := strconv.Atoi(e.Code); err != nil || code < 100 || code > 699 {
			return &fault{400, "status code"}
		}
		return nil
	}
	switch {
	case !allToken(e.Method):
		return &fault{400, "method"}
	case e.URI == "" || strings.ContainsAny(e.URI, " \t<>\""):
		return &fault{400, "Request-URI"}
	case isSIPURI(e.URI) && strings.Contains(e.URI, "?"):
		return &fault{400, "Request-URI with header fields"} // RFC 3261 §19.1.1 table 1
	}
	return nil
}

func (e *envelope) badFields() *fault {
	for _, f := range e.Fields {
		if !allToken(f.Name) {
			return &fault{400, "header field"}
		}
		if strings.Count(f.Value, `"`)%2 == 1 && !balanced(f.Value) {
			return &fault{400, "quotes in " + f.Name}
		}
	}
	for _, single := range []string{"from", "to", "call-id", "cseq", "max-forwards", "content-length", "content-type"} {
		if e.count(single) > 1 {
			return &fault{400, "more than one " + single}
		}
	}
	return nil
}

// balanced counts quotation marks, escaped ones apart.
func balanced(text string) bool {
	open := false
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			if open {
				i++
			}
		case '"':
			open = !open
		}
	}
	return !open
}

func (e *envelope) missing() *fault {
	for _, name := range []string{"via", "from", "to", "call-id", "cseq"} {
		if e.value(name) == "" {
			return &fault{400, "missing " + name}
		}
	}
	if e.Method == "INVITE" && e.value("contact") == "" {
		return &fault{400, "missing contact"} // RFC 3261 §8.1.1.8
	}
	return nil
}

func (e *envelope) badLength() *fault {
	if e.count("content-length") == 0 {
		return nil
	}
	length, err := strconv.ParseUint(e.value("content-length"), 10, 31)
	if err != nil || length > uint64(len(e.Body)) {
		return &fault{400, "Content-Length"} // RFC 3261 §18.3
	}
	return nil
}

func (e *envelope) badCSeq() *fault {
	fields := strings.Fields(e.value("cseq"))
	if len(fields) != 2 {
		return &fault{400, "CSeq"}
	}
	if _, err := strconv.ParseUint(fields[0], 10, 31); err != nil {
		return &fault{400, "CSeq number"} // RFC 3261 §8.1.1.5
	}
	if e.isRequest() && fields[1] != e.Method {
		return &fault{400, "CSeq method"}
	}
	return nil
}

// badNumbers looks at the numbers that have a bound.
func (e *envelope) badNumbers() *fault {
	for _, f := range e.Fields {
		text, most := f.Value, uint64(1<<32-1)
		switch f.Name {
		case "max-forwards":
			most = 255
		case "expires", "min-expires":
		case "contact":
			expires, ok := param(f.Value, "expires")
			if !ok {
				continue
			}
			text = expires
		default:
			continue
		}
		if n, err := strconv.ParseUint(text, 10, 64); err != nil || n > most {
			return &fault{400, "number in " + f.Name}
		}
	}
	return nil
}

// badVia looks at the top Via: three parts, a branch that is more than the cookie, no empty parameters.
func (e *envelope) badVia() *fault {
	via := e.value("via")
	protocol, rest, _ := strings.Cut(strings.TrimSpace(spaceless(via)), " ")
	parts := strings.Split(protocol, "/")
	if len(parts) != 3 || !strings.EqualFold(parts[0], "SIP") || strings.TrimSpace(rest) == "" {
		return &fault{400, "Via"}
	}
	if strings.Contains(via, ";;") || strings.Contains(via, ",,") || strings.Contains(via, ",;") || strings.Contains(via, ";,") {
		return &fault{400, "separators in Via"}
	}
	if branch, ok := param(via, "branch"); ok && branch == branchCookie {
		return &fault{400, "branch"} // RFC 4475 §3.2.1
	}
	return nil
}

// spaceless joins "SIP / 2.0 / UDP host" (RFC 3261 §25.1 allows blanks around the slashes).
func spaceless(via string) string {
	if strings.IndexByte(via, '\t') < 0 && !strings.Contains(via, "  ") && !strings.Contains(via, " /") && !strings.Contains(via, "/ ") {
		return via
	}
	via = strings.Join(strings.Fields(via), " ")
	via = strings.ReplaceAll(via, " /", "/")
	return strings.ReplaceAll(via, "/ ", "/")
}

// badDate wants GMT (RFC 3261 §20.17).
func (e *envelope) badDate() *fault {
	date := e.value("date")
	if date == "" {
		return nil
	}
	if _, err := mail.ParseDate(date); err != nil || !strings.HasSuffix(date, " GMT") {
		return &fault{400, "Date"}
	}
	return nil
}

func isSIPURI(uri string) bool {
	scheme, _, _ := strings.Cut(uri, ":")
	return strings.EqualFold(scheme, "sip") || strings.EqualFold(scheme, "sips")
}

// badScheme refuses what we cannot reach (RFC 3261 §8.2.2.1). A tel URI is a number as well.
func (e *envelope) badScheme() *fault {
	scheme, _, found := strings.Cut(e.URI, ":")
	if e.isRequest() && (!found || !isSIPURI(e.URI) && !strings.EqualFold(scheme, "tel")) {
		return &fault{416, "scheme"}
	}
	return nil
}

// badHops refuses what has wandered too far (RFC 3261 §16.3 step 3). OPTIONS is answered in any case: it is how a hop
// is found (RFC 3261 §11.2).
func (e *envelope) badHops() *fault {
	hops := e.value("max-forwards")
	if e.isRequest() && e.Method != "OPTIONS" && e.Method != "ACK" && hops != "" && strings.Trim(hops, "0") == "" {
		return &fault{483, "Max-Forwards"}
	}
	return nil
}
