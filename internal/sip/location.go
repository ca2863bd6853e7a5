package sip

import (
	"encoding/xml"
	"strings"

	"parley/internal/tel"
)

// typePIDF is the body that says where a caller is (RFC 4119).
const typePIDF = "application/pidf+xml"

// locationID names that body within its message, where Geolocation points to it by cid (RFC 6442 §4.1); boundary parts it from the
// offer (RFC 2046 §5.1). Neither stands in SDP, nor in XML whose text is escaped.
const (
	locationID = "location@parley"
	boundary   = "parley-boundary-7f3c1d"
)

// presence is a PIDF-LO: whose location it is, and the civic address with floor and room as RFC 5139 names them. Nobody but those
// who help may keep or hand it on (RFC 4119 §2.2.2): retransmission is allowed so that it may reach them.
func presence(where *tel.Location, number, domain, which string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\r\n")
	b.WriteString(`<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10"` +
		` xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr" entity="`)
	escape(&b, strings.Trim(address(number, domain), "<>"))
	b.WriteString(`"><tuple id="l`)
	escape(&b, which)
	b.WriteString(`"><status><gp:geopriv><gp:location-info><ca:civicAddress>`)
	for _, one := range [...]struct{ name, value string }{
		{"country", where.Country},
		{"A1", where.Region},
		{"A3", where.City},
		{"LOC", where.Name},
		{"FLR", where.Floor},
		{"PC", where.PostalCode},
		{"ROOM", where.Room},
		{"RD", where.Street},
	} {
		if one.value != "" {
			b.WriteString("<ca:" + one.name + ">")
			escape(&b, one.value)
			b.WriteString("</ca:" + one.name + ">")
		}
	}
	b.WriteString(`</ca:civicAddress></gp:location-info><gp:usage-rules><gp:retransmission-allowed>yes</gp:retransmission-allowed>` +
		`</gp:usage-rules><gp:method>Manual</gp:method></gp:geopriv></status></tuple></presence>` + "\r\n")
	return b.String()
}

func escape(b *strings.Builder, text string) {
	_ = xml.EscapeText(b, []byte(text)) // a Builder takes everything
}

// withLocation is a body of two parts, the offer and where the caller is, and its type. Without an offer it is the location alone
// in a body of one part, so that its Content-ID stands where Geolocation looks for it.
func withLocation(kind, offer, located string) (mixed, body string) {
	var b strings.Builder
	if offer != "" {
		b.WriteString("--" + boundary + "\r\nContent-Type: " + kind + "\r\n\r\n" + offer + "\r\n")
	}
	b.WriteString("--" + boundary + "\r\nContent-Type: " + typePIDF + "\r\nContent-ID: <" + locationID + ">\r\n\r\n")
	b.WriteString(located + "\r\n--" + boundary + "--\r\n")
	return "multipart/mixed;boundary=" + boundary, b.String()
}
