package sip

import (
	"cmp"
	"strconv"
	"strings"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/tel"
)

// forwardings reads the diversions of a call that comes in, the latest first: each header Diversion has one or several of them
// (RFC 5806 §4, with the grammar of its erratum 3177). What cannot be read is passed over, and so is what comes after
// tel.MaxForwardings entries: such a call is not sent on any more.
func forwardings(req *sipgo.Request) []tel.Forwarding {
	var all []tel.Forwarding
	for _, header := range req.GetHeaders("diversion") {
		for rest := header.Value(); rest != "" && len(all) < tel.MaxForwardings; {
			var one string
			one, rest = cutPlain(rest, ',')
			if f, ok := forwarding(one); ok {
				all = append(all, f)
			}
		}
	}
	return all
}

// forwarding reads one entry: an address, and its parameters.
func forwarding(text string) (tel.Forwarding, bool) {
	f := tel.Forwarding{Why: tel.DiversionUnknown, Times: 1}
	address, rest := cutPlain(text, ';')
	var uri sipgo.Uri
	name, err := sipgo.ParseAddressValue(strings.TrimSpace(address), &uri, nil)
	if err != nil || uri.Wildcard {
		return f, false
	}
	f.Name = quotable(name)
	user, whole := called(uri)
	f.URI = whole
	for rest != "" {
		var one string
		one, rest = cutPlain(rest, ';')
		word, value, _ := strings.Cut(one, "=")
		setParameter(&f, strings.ToLower(strings.TrimSpace(word)), strings.ToLower(strings.Trim(strings.TrimSpace(value), `"`)))
	}
	if hidden := f.Privacy == "full" || f.Privacy == "uri"; !hidden && !strings.EqualFold(user, "anonymous") {
		f.From = tel.Number(user)
	}
	return f, fitURI(f.URI)
}

// called is the number or user of an address, and the address without what is of no use to the next one who reads it: parameters,
// a password, the separators of a number. It is empty when it leads nowhere.
func called(uri sipgo.Uri) (user, whole string) {
	if number, ok := telNumber(uri); ok {
		return number, "tel:" + number
	}
	const signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._[]:"
	if uri.Host == "" || strings.Trim(uri.Host, signs) != "" {
		return "", ""
	}
	user, _, _ = strings.Cut(unescape(uri.User), ";")
	plain := sipgo.Uri{Scheme: strings.ToLower(uri.Scheme), User: tel.SIPUser(user), Host: uri.Host, Port: uri.Port}
	return user, plain.String()
}

func setParameter(f *tel.Forwarding, word, value string) {
	switch word {
	case "reason":
		f.Why = tel.Diversion(value).Known()
	case "counter":
		f.Times = max(upTo99(value), 1)
	case "limit": // 0 allows none but the one that names it, which has happened
		if f.Limit = upTo99(value); value == "0" || value == "00" {
			f.Limit = 1
		}
	case "privacy": // a word that is not known may hide just as much
		f.Privacy = cmp.Or(oneOf(value, "full", "name", "uri", "off"), "full")
	case "screen":
		f.Screen = oneOf(value, "yes", "no")
	}
}

// upTo99 reads one or two digits; anything else is 0.
func upTo99(text string) int {
	n, err := strconv.ParseUint(text, 10, 8)
	if err != nil || n > 99 {
		return 0
	}
	return int(n)
}

func oneOf(value string, words ...string) string {
	for _, word := range words {
		if value == word {
			return word
		}
	}
	return ""
}

// fitURI tells whether an address may stand between angle brackets in a header, and calls somebody.
func fitURI(uri string) bool {
	scheme, rest, _ := strings.Cut(uri, ":")
	switch {
	case rest == "" || len(uri) > 500:
		return false
	case scheme == "tel":
		return len(rest) <= 120 && strings.Trim(rest, "+0123456789*#ABCDEFabcdef") == ""
	case scheme != "sip" && scheme != "sips":
		return false
	}
	for _, c := range []byte(uri) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`<>"\`, c) >= 0 {
			return false
		}
	}
	return true
}

// cutPlain cuts at the first sign that stands neither between quotation marks nor between angle brackets.
func cutPlain(text string, at byte) (before, after string) {
	quoted, bracketed := false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"' && !bracketed:
			quoted = !quoted
		case quoted:
		case c == '<' || c == '>':
			bracketed = c == '<'
		case c == at && !bracketed:
			return text[:i], text[i+1:]
		}
	}
	return text, ""
}

// told is the diversion as whoever is called next is told of it: nothing of it is changed.
func told(f tel.Forwarding) string {
	var b strings.Builder
	if name := quotable(f.Name); name != "" {
		b.WriteString(`"` + name + `" `)
	}
	b.WriteString("<" + f.URI + ">;reason=" + string(f.Why.Known()))
	if privacy := oneOf(f.Privacy, "full", "name", "uri", "off"); privacy != "" {
		b.WriteString(";privacy=" + privacy)
	}
	b.WriteString(";counter=" + strconv.Itoa(min(max(f.Times, 1), 99)))
	if f.Limit > 0 {
		b.WriteString(";limit=" + strconv.Itoa(min(f.Limit, 99)))
	}
	if screen := oneOf(f.Screen, "yes", "no"); screen != "" {
		b.WriteString(";screen=" + screen)
	}
	return b.String()
}

// diversions are the headers that tell of a call that was sent on: the latest diversion is on top of those that it had behind it.
func (t *Trunk) diversions(c Caller, domain string) []sipgo.Header {
	if !t.Diverts {
		return nil
	}
	var all []sipgo.Header
	if c.Diverted != "" {
		value := address(t.inItsForm(c.Diverted), domain) + ";reason=" + string(c.Because.Known()) + ";privacy=off;counter=1"
		all = append(all, sipgo.NewHeader("Diversion", value))
	}
	for _, f := range c.Behind {
		if fitURI(f.URI) {
			all = append(all, sipgo.NewHeader("Diversion", told(f)))
		}
	}
	return all
}
