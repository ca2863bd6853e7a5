package sip

import (
	"encoding/xml"
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"testing"

	"parley/internal/tel"
)

// civic is what is read back of a PIDF-LO.
type civic struct {
	Entity string `xml:"entity,attr"`
	Where  struct {
		Country string `xml:"country"`
		Region  string `xml:"A1"`
		City    string `xml:"A3"`
		Name    string `xml:"LOC"`
		Floor   string `xml:"FLR"`
		Code    string `xml:"PC"`
		Room    string `xml:"ROOM"`
		Street  string `xml:"RD"`
	} `xml:"tuple>status>geopriv>location-info>civicAddress"`
	Method string `xml:"tuple>status>geopriv>method"`
}

// TestLocationOnTheWire: an INVITE with a location has two parts, the offer and a PIDF-LO, which Geolocation points to; whatever
// people wrote in it stays text. The same call without one is as it always was (BX-14).
func TestLocationOnTheWire(t *testing.T) {
	near := openHouse(t)
	at, heard := notingPeer(t, "486 Busy Here", "Content-Length: 0", "", "")
	where := tel.Location{Name: `Desk <"1">`, Street: "Veldstraat 12", City: "Ghent", Region: "Oost & West", PostalCode: "9000", Country: "BE", Floor: "3", Room: "3.14"}
	near.DialTrunk("leg", Trunk{Proxy: at, FromDomain: "acme.test"}, "112", Caller{Number: "+3225550199", Location: &where})
	near.hears("leg", "Ended{Cause:17 Code:486")
	head, body, _ := strings.Cut(<-heard, "\r\n\r\n")
	for _, line := range []string{"Geolocation: <cid:" + locationID + ">", "Geolocation-Routing: yes"} {
		if strings.Count(head+"\r\n", "\r\n"+line+"\r\n") != 1 {
			t.Errorf("%q is not in\n%s", line, head)
		}
	}
	_, kind, _ := strings.Cut(head, "Content-Type: ")
	kind, _, _ = strings.Cut(kind, "\r\n")
	mixed, params, err := mime.ParseMediaType(kind)
	if err != nil || mixed != "multipart/mixed" {
		t.Fatalf("the body is %q: %v", kind, err)
	}
	parts := multipart.NewReader(strings.NewReader(body), params["boundary"])
	offer, err := parts.NextPart()
	if err != nil || offer.Header.Get("Content-Type") != typeSDP {
		t.Fatalf("the first part is %+v: %v", offer, err)
	}
	if text, err := io.ReadAll(offer); err != nil || !strings.HasPrefix(string(text), "v=0\r\n") {
		t.Errorf("the offer is %q: %v", text, err)
	}
	place, err := parts.NextPart()
	if err != nil || place.Header.Get("Content-Type") != typePIDF || place.Header.Get("Content-ID") != "<"+locationID+">" {
		t.Fatalf("the second part is %+v: %v", place, err)
	}
	var got, want civic
	if err := xml.NewDecoder(place).Decode(&got); err != nil {
		t.Fatal(err)
	}
	want.Entity, want.Method = "sip:+3225550199@acme.test", "Manual"
	want.Where.Country, want.Where.Region, want.Where.City, want.Where.Name = "BE", "Oost & West", "Ghent", `Desk <"1">`
	want.Where.Floor, want.Where.Code, want.Where.Room, want.Where.Street = "3", "9000", "3.14", "Veldstraat 12"
	if got != want {
		t.Errorf("told  %+v\nwant %+v", got, want)
	}
	if _, err := parts.NextPart(); err != io.EOF {
		t.Errorf("and a third part: %v", err)
	}

	near.DialTrunk("plain", Trunk{Proxy: at, FromDomain: "acme.test"}, "112", Caller{Number: "+3225550199"})
	near.hears("plain", "Ended{Cause:17 Code:486")
	for message := range heard {
		if strings.HasPrefix(message, "ACK ") {
			continue
		}
		if strings.Contains(message, "Geolocation") || !strings.Contains(message, "Content-Type: "+typeSDP+"\r\n") {
			t.Errorf("without a location it says\n%s", message)
		}
		break
	}
}
