package sip

import "strconv"

// formats says something of payload formats, few enough to be looked through.
type formats []aFormat

type aFormat struct{ Format, Says string }

func (f formats) of(format string) (string, bool) {
	for i := range f {
		if f[i].Format == format {
			return f[i].Says, true
		}
	}
	return "", false
}

// set says something of a format, in place of what was said of it before.
func (f *formats) set(format, says string) {
	for i := range *f {
		if (*f)[i].Format == format {
			(*f)[i].Says = says
			return
		}
	}
	*f = append(*f, aFormat{format, says})
}

// String writes the description down, c= at the session.
func (d description) String() string {
	family := " IN IP4 "
	if d.Addr.Is6() {
		family = " IN IP6 "
	}
	b := make([]byte, 0, 768)
	b = strconv.AppendUint(append(b, "v=0\r\no=- "...), d.SessionID, 10)
	b = strconv.AppendUint(append(b, ' '), d.Version, 10)
	b = d.Addr.AppendTo(append(b, family...))
	b = d.Addr.AppendTo(append(append(b, "\r\ns=-\r\nc="...), family[1:]...))
	b = append(b, "\r\nt=0 0\r\n"...)
	for i := range d.Streams {
		b = d.Streams[i].append(b)
	}
	return string(b)
}

func (s *stream) append(b []byte) []byte {
	b = strconv.AppendUint(append(append(append(b, "m="...), s.Kind...), ' '), uint64(s.Port), 10)
	b = append(append(b, ' '), s.Proto...)
	for _, format := range s.Formats {
		b = append(append(b, ' '), format...)
	}
	b = append(b, "\r\n"...)
	if s.Port == 0 {
		return b
	}
	for _, format := range s.Formats {
		if name, ok := s.Names.of(format); ok {
			b = appendAttribute(b, "rtpmap:", format, " ", name)
		}
		if params, ok := s.Params.of(format); ok {
			b = appendAttribute(b, "fmtp:", format, " ", params)
		}
	}
	for _, line := range s.Crypto {
		b = appendAttribute(b, "crypto:", line.Attribute())
	}
	if s.Mux {
		b = appendAttribute(b, "rtcp-mux")
	}
	if s.Ptime > 0 {
		b = appendAttribute(b, "ptime:", strconv.Itoa(s.Ptime))
	}
	return appendAttribute(b, string(s.Direction))
}

func appendAttribute(b []byte, parts ...string) []byte {
	b = append(b, "a="...)
	for _, part := range parts {
		b = append(b, part...)
	}
	return append(b, "\r\n"...)
}
