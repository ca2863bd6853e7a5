package sip

import (
	"errors"
	"strings"
	"testing"
)

const sdpHead = "v=0\r\no=- 1 1 IN IP4 198.51.100.9\r\ns=-\r\nt=0 0\r\n"

func TestAnswers(t *testing.T) {
	tests := []struct {
		name, offer string
		codec       string
		events      uint8
		way         direction
		remote      string
		streams     int
		err         error
	}{
		{"first common codec", sdpHead + "c=IN IP4 198.51.100.9\r\nm=audio 4000 RTP/AVP 9 8 0\r\n", "PCMA", 0, sendRecv, "198.51.100.9:4000", 1, nil},
		{"dynamic name", sdpHead + "c=IN IP4 198.51.100.9\r\nm=audio 4000 RTP/AVP 97\r\na=rtpmap:97 pcmu/8000/1\r\n", "PCMU", 0, sendRecv, "198.51.100.9:4000", 1, nil},
		{"events of another rate", sdpHead + "c=IN IP4 198.51.100.9\r\nm=audio 4000 RTP/AVP 0 96 97\r\na=rtpmap:96 telephone-event/48000\r\na=rtpmap:97 telephone-event/8000\r\n", "PCMU", 97, sendRecv, "198.51.100.9:4000", 1, nil},
		{"address and direction at the stream", sdpHead + "c=IN IP4 192.0.2.1\r\na=sendonly\r\nm=audio 4000 RTP/AVP 0\r\nc=IN IP4 192.0.2.2\r\na=recvonly\r\n", "PCMU", 0, sendOnly, "192.0.2.2:4000", 1, nil},
		{"direction of the session", sdpHead + "c=IN IP4 192.0.2.1\r\na=sendonly\r\nm=audio 4000 RTP/AVP 0\r\n", "PCMU", 0, recvOnly, "192.0.2.1:4000", 1, nil},
		{"video beside", sdpHead + "c=IN IP4 192.0.2.1\r\nm=video 5000 RTP/AVP 96\r\nm=audio 4000 RTP/AVP 0\r\n", "PCMU", 0, sendRecv, "192.0.2.1:4000", 2, nil},
		{"SRTP beside", sdpHead + "c=IN IP4 192.0.2.1\r\nm=audio 5000 RTP/SAVP 0\r\nm=audio 4000 RTP/AVP 0\r\n", "PCMU", 0, sendRecv, "192.0.2.1:4000", 2, nil},
		{"IPv6", sdpHead + "c=IN IP6 2001:db8::1\r\nm=audio 4000 RTP/AVP 0\r\n", "PCMU", 0, sendRecv, "[2001:db8::1]:4000", 1, nil},
		{"nothing common", sdpHead + "c=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 9 18\r\n", "", 0, "", "", 0, errNoCommonCodec},
		{"0 is something else", sdpHead + "c=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 0\r\na=rtpmap:0 L16/44100\r\n", "", 0, "", "", 0, errNoCommonCodec},
		{"audio refused", sdpHead + "c=IN IP4 192.0.2.1\r\nm=audio 0 RTP/AVP 0\r\n", "", 0, "", "", 0, errNoCommonCodec},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			offered, err := parseDescription(test.offer)
			if err != nil {
				t.Fatal(err)
			}
			answer, agreed, _, err := storyMouth.answer(3, offered)
			if !errors.Is(err, test.err) {
				t.Fatalf("error %v", err)
			}
			if err != nil {
				return
			}
			if agreed.Codec != test.codec || agreed.EventType != test.events || directionOf(agreed) != test.way || agreed.Remote.String() != test.remote {
				t.Errorf("agreed %+v", agreed)
			}
			used := 0
			for _, s := range answer.Streams {
				if s.Port == storyMouth.Port {
					used++
				} else if s.Port != 0 {
					t.Errorf("stream %+v", s)
				}
			}
			if len(answer.Streams) != test.streams || used != 1 {
				t.Errorf("answer %s", answer)
			}
		})
	}
}

func TestOurOffer(t *testing.T) {
	want := "v=0\r\no=- 7 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 8 101\r\n" +
		"a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=sendrecv\r\n"
	if got := storyMouth.offer(2, session{}).String(); got != want {
		t.Errorf("offer\n%s", got)
	}
}

func TestBrokenDescriptions(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "no v": "o=- 1 1 IN IP4 1.2.3.4\r\n", "no stream": sdpHead, "no address": sdpHead + "m=audio 4000 RTP/AVP 0\r\n",
		"a name for an address": sdpHead + "c=IN IP4 host.example\r\nm=audio 4000 RTP/AVP 0\r\n", "no type": "v=0\r\nhello\r\n",
		"port": sdpHead + "c=IN IP4 1.2.3.4\r\nm=audio 99999 RTP/AVP 0\r\n", "many": sdpHead + "c=IN IP4 1.2.3.4\r\n" + strings.Repeat("m=audio 1 RTP/AVP 0\r\n", 17),
	} {
		if _, err := parseDescription(text); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
