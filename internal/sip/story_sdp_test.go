package sip

import (
	"fmt"
	"net/netip"
	"strings"

	"parley/internal/codec"
	"parley/internal/srtp"
)

// storyMouth speaks G.711 alone; a story says "speaks:opus,g722" for another, "mux:yes" and "srtp:required".
var storyMouth = mouth{
	Addr: netip.MustParseAddr("192.0.2.1"), Port: 4000, Session: 7, Codecs: Codecs{codec.PCMU, codec.PCMA}, SRTP: SecurityNone,
	Secret: srtp.Secret{1},
}

func (w words) mouth() mouth {
	m := storyMouth
	if names, ok := w.pairs["speaks"]; ok {
		m.Codecs = codecsOf(names)
	}
	if how, ok := w.pairs["srtp"]; ok {
		m.SRTP = Security(strings.TrimPrefix(how, "accepted"))
	}
	m.DTMF = DTMF(strings.TrimPrefix(w.pairs["dtmf"], "automatic"))
	m.Mux, m.OurOrder = w.pairs["mux"] == "yes", w.pairs["order"] == "ours"
	m.Refers = w.pairs["refers"] == "yes"
	return m
}

func codecsOf(names string) Codecs { return CodecsNamed(strings.Split(names, ",")) }

// storyAttributes are those that a format or a word behind "+" brings.
var storyAttributes = map[string]string{
	"101": "rtpmap:101 telephone-event/8000", "110": "rtpmap:110 telephone-event/48000", "96": "rtpmap:96 opus/48000/2",
	"111": "rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1;usedtx=1;maxaveragebitrate=24000;maxplaybackrate=16000",
	"mux": "rtcp-mux", "control": "rtcp:7777", "long": "ptime:60\r\na=maxptime:40",
	"sha80":       "crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20",
	"sha81":       "crypto:2 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz",
	"gcm":         "crypto:1 AEAD_AES_128_GCM inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw==",
	"72":          "rtpmap:72 opus/48000/2",
	"unknown":     "crypto:1 F8_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz",
	"unencrypted": "crypto:2 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz UNENCRYPTED_SRTP",
	"dashed":      "crypto:3 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^31 WSH=128 -COLOUR=red",
	"short":       "crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^10",
	"renewed":     "crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj",
	"mki":         "crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4",
}

// storySDP makes a description of "0,8,101/sendonly"; "/zero" is the address of zeros, "/moved" another port, "srtp" an SRTP line only, "+savp" the
// transport of SRTP, "+video" a video stream before, and other words behind "+" are attributes.
func storySDP(short string) string {
	if short == "" {
		return ""
	}
	short, way, _ := strings.Cut(short, "/")
	all, options, _ := strings.Cut(short, "+")
	addr, proto, video, port, after := "198.51.100.9", "RTP/AVP", "", "6000", ""
	switch way {
	case "zero":
		addr, way = "0.0.0.0", ""
	case "stream-zero":
		after, way = "c=IN IP4 0.0.0.0\r\n", ""
	case "zero-six":
		after, way = "c=IN IP6 ::\r\n", ""
	case "session-sendonly", "session-inactive":
		video, way = "a="+strings.TrimPrefix(way, "session-")+"\r\n", ""
	case "moved":
		port, way = "6200", ""
	}
	if all == "srtp" {
		all, proto = "0", "RTP/SAVP"
	}
	lines := ""
	for word := range strings.SplitSeq(all+","+strings.ReplaceAll(options, "+", ","), ",") {
		switch word {
		case "savp":
			proto = "RTP/SAVP"
		case "video":
			video = "m=video 7000 RTP/AVP 98\r\na=rtpmap:98 H264/90000\r\n"
		}
		if line, ok := storyAttributes[word]; ok {
			lines += "a=" + line + "\r\n"
		}
	}
	if way != "" {
		lines += "a=" + way + "\r\n"
	}
	return fmt.Sprintf("v=0\r\no=- 1 1 IN IP4 198.51.100.9\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\n%sm=audio %s %s %s\r\n%s%s",
		addr, video, port, proto, strings.ReplaceAll(all, ",", " "), after, lines)
}

func writeSDP(text string) string {
	if text == "" {
		return ""
	}
	d, err := parseDescription(text)
	if err != nil {
		return " sdp:" + err.Error()
	}
	said := ""
	for _, s := range d.Streams {
		if s.Port == 0 {
			said += " refused:" + s.Kind
			continue
		}
		said += fmt.Sprintf(" sdp:%s/%s", strings.Join(s.Formats, ","), s.Direction)
		if s.Proto != "RTP/AVP" {
			said += " " + s.Proto
		}
		for _, line := range s.Crypto {
			said += fmt.Sprintf(" crypto:%d:%s", line.Tag, line.Profile)
		}
		if s.Mux {
			said += " mux"
		}
	}
	return fmt.Sprintf("%s version:%d", said, d.Version)
}

func writeAgreement(a agreement) string {
	said := fmt.Sprintf("agree %s/%d event:%d %s %s", a.Codec, a.PayloadType, a.EventType, directionOf(a), a.Remote)
	if a.ReceiveType != a.PayloadType || a.EventHeard != a.EventType {
		said += fmt.Sprintf(" heard-as:%d,%d", a.ReceiveType, a.EventHeard)
	}
	if a.Clock != 8000 || a.EventType != 0 && a.EventClock != 8000 {
		said += fmt.Sprintf(" clocks:%d,%d", a.Clock, a.EventClock)
	}
	if a.Encoding != (codec.FormatParameters{}) {
		said += fmt.Sprintf(" encoding:%+v", a.Encoding)
	}
	if a.Ptime != 20 {
		said += fmt.Sprintf(" ptime:%d", a.Ptime)
	}
	if a.Control.IsValid() {
		said += " control:" + a.Control.String()
	}
	if a.Mux {
		said += " mux"
	}
	if a.InBand {
		said += " in-band"
	}
	if a.SRTP != "" {
		said += " srtp:" + a.SRTP
	}
	return said
}
