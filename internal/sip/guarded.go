package sip

import (
	"errors"

	sipgo "github.com/emiago/sipgo/sip"
)

var errUnreadable = errors.New("field broke its reader")

// readers read fields, parser whole messages of streams. A stranger's field that makes its reader panic is one that
// cannot be read: on the goroutines of the stack nobody would catch the panic.
var (
	readers = sipgo.HeadersParser(guarded(without(sipgo.DefaultHeadersParser(), "refer-to", "r", "referred-by", "b")))
	parser  = sipgo.NewParser(sipgo.WithHeadersParsers(readers))
)

// without leaves fields as they came: those readers drop what stands beside the address, which a transfer needs.
func without(readers map[string]sipgo.HeaderParser, fields ...string) map[string]sipgo.HeaderParser {
	for _, field := range fields {
		delete(readers, field)
	}
	return readers
}

func guarded(readers map[string]sipgo.HeaderParser) map[string]sipgo.HeaderParser {
	safe := make(map[string]sipgo.HeaderParser, len(readers))
	for field, read := range readers {
		safe[field] = func(name []byte, value string) (header sipgo.Header, err error) {
			defer func() {
				if recover() != nil {
					header, err = nil, errUnreadable
				}
			}()
			return read(name, value)
		}
	}
	return safe
}

// readable tells whether the stack can read a Request-URI, the one part of a message that has no reader to be guarded,
// and reads it.
func readable(uri string, read *sipgo.Uri) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return sipgo.ParseUri(uri, read) == nil
}
