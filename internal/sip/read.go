package sip

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	sipgo "github.com/emiago/sipgo/sip"
)

// unread are fields that are in most messages and that nobody here asks for.
var unread = map[string]bool{"supported": true, "server": true, "date": true}

var errStart = errors.New("start line cannot be read")

// message makes of an envelope what the SIP stack works with, by the stack's own readers of fields.
func (e *envelope) message() (sipgo.Message, error) {
	if e.Stray {
		return nil, errStart
	}
	m, err := e.begin()
	if err != nil {
		return nil, err
	}
	length := len(e.Body)
	for i := range e.Fields {
		if err := e.Fields[i].addTo(m); err != nil {
			return nil, err
		}
	}
	if given := m.ContentLength(); given != nil {
		length = int(*given)
	}
	if length > len(e.Body) {
		return nil, sipgo.ErrParseReadBodyIncomplete
	}
	if length > 0 {
		m.SetBody(bytes.Clone(e.Body[:length]))
	}
	return m, nil
}

// begin is a message with its start line alone.
func (e *envelope) begin() (sipgo.Message, error) {
	if e.isRequest() {
		var uri sipgo.Uri
		if !readable(e.URI, &uri) || uri.Wildcard {
			return nil, errStart
		}
		req := sipgo.NewRequest(sipgo.RequestMethod(strings.ToUpper(e.Method)), uri)
		req.SipVersion = e.Version
		return req, nil
	}
	_, rest, _ := strings.Cut(e.Start, " ")
	number, reason, found := strings.Cut(rest, " ")
	code, err := strconv.ParseUint(number, 10, 16)
	if !found || err != nil {
		return nil, errStart
	}
	res := sipgo.NewResponse(int(code), reason)
	res.SipVersion = e.Version
	return res, nil
}

// addTo adds a field to a message: one header, or several where commas part them.
func (f *field) addTo(m sipgo.Message) error {
	read, known := readers[f.Name]
	switch {
	case unread[f.Name]:
		return nil
	case !known:
		m.AppendHeader(sipgo.NewHeader(f.Name, f.Value))
		return nil
	}
	if header, err := read(nil, f.Value); err == nil {
		m.AppendHeader(header)
		return nil
	}
	several, err := readers.ParseHeader(nil, []byte(f.Name+": "+f.Value))
	if err != nil {
		return err
	}
	for _, header := range several {
		m.AppendHeader(header)
	}
	return nil
}
