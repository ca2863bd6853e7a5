package sip

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"parley/internal/codec"
	"parley/internal/media"
	"parley/internal/srtp"
)

func secureMouth(how Security, secret byte) mouth {
	m := storyMouth
	m.Codecs, m.Mux, m.SRTP, m.Secret = usualOrder, true, how, srtp.Secret{secret}
	return m
}

// TestTwoEndsHaveEachOthersKeys: what one end protects is what the other takes.
func TestTwoEndsHaveEachOthersKeys(t *testing.T) {
	for _, how := range []Security{SecurityOptional, SecurityRequired} {
		caller, called := secureMouth(how, 1), secureMouth(SecurityAccepted, 2)
		offer := caller.offer(1, session{})
		came, err := parseDescription(offer.String())
		if err != nil {
			t.Fatal(err)
		}
		answer, theirs, _, err := called.answer(1, came)
		if err != nil {
			t.Fatal(err)
		}
		back, err := parseDescription(answer.String())
		if err != nil {
			t.Fatal(err)
		}
		ours, err := caller.accepted(offer, back, 0)
		if err != nil {
			t.Fatal(err)
		}
		mirrored := &media.Crypto{Profile: theirs.Crypto.Profile, Send: theirs.Crypto.Receive, Receive: theirs.Crypto.Send}
		if !ours.Crypto.SameSend(mirrored) || !ours.Crypto.SameReceive(mirrored) || ours.SRTP != "AEAD_AES_128_GCM" || !ours.Mux || !theirs.Mux {
			t.Errorf("%s: caller %+v, called %+v", how, ours, theirs)
		}
		if ours.Crypto.SameSend(&media.Crypto{Profile: ours.Crypto.Profile, Send: ours.Crypto.Receive}) {
			t.Errorf("%s: one key for both directions", how)
		}
	}
}

// TestKeysAreNotUsedTwice: when the profile changes and comes back, the key is a new one; while it stays, so does the key.
func TestKeysAreNotUsedTwice(t *testing.T) {
	m := newStoryMachine()
	seen := map[string]string{}
	last := ""
	hear := func(s signal) {
		actions, err := m.Handle(storyStart, s)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range actions {
			agreed, ok := a.(agreeOn)
			if !ok {
				continue
			}
			key := string(agreed.Terms.Crypto.Send)
			if before, known := seen[key]; known && key != last {
				t.Errorf("the key of %s again", before)
			}
			seen[key], last = agreed.Terms.SRTP, key
		}
	}
	hear(invited{Mouth: secureMouth(SecurityAccepted, 3), CSeq: 1, Tag: "far", Offer: storySDP("0+savp+sha80")})
	hear(answer{})
	hear(acked{CSeq: 1})
	for n, sdp := range []string{"0+savp+sha80", "0+savp+gcm", "0+savp+gcm/sendonly", "0+savp+sha80", "0+savp+gcm", "0+savp+sha80"} {
		cseq := uint32(2 + n)
		hear(requested{Tx: 1, Method: "INVITE", CSeq: cseq, Type: typeSDP, Body: storySDP(sdp)})
		hear(acked{CSeq: cseq})
	}
	if len(seen) < 5 || len(seen) > 7 {
		t.Errorf("%d keys", len(seen))
	}
}

// TestKeysAreNotKept: neither the journal nor a log of signals and actions has a key.
func TestKeysAreNotKept(t *testing.T) {
	m := secureMouth(SecurityRequired, 4)
	offered, err := parseDescription(storySDP("0+savp+sha80"))
	if err != nil {
		t.Fatal(err)
	}
	answer, agreed, _, err := m.answer(1, offered)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := json.Marshal(LegState{Agreed: agreed})
	if err != nil {
		t.Fatal(err)
	}
	mouth, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	said := string(kept) + string(mouth) + fmt.Sprintf("%+v %v %#v %+v", agreed, agreed.Crypto, m, answer.Streams)
	line := answer.Streams[0].Crypto[0].Attribute()
	_, secret, _ := strings.Cut(line, "inline:")
	for _, hidden := range []string{secret, secret[:12], fmt.Sprintf("%v", []byte(agreed.Crypto.Send))[1:20], fmt.Sprintf("%v", []byte(agreed.Crypto.Receive))[1:20]} {
		if strings.Contains(said, hidden) {
			t.Errorf("a key is in %s", said)
		}
	}
	if !strings.Contains(string(kept), `"srtp":"AES_CM_128_HMAC_SHA1_80"`) {
		t.Errorf("kept %s", kept)
	}
}

// TestPreferredStream: of two streams that stand for one another, the encrypted one is taken where encryption is wanted.
func TestPreferredStream(t *testing.T) {
	both := strings.Replace(storySDP("0+savp+sha80"), "m=audio 6000", "m=audio 5000 RTP/AVP 0\r\nm=audio 6000", 1)
	offered, err := parseDescription(both)
	if err != nil {
		t.Fatal(err)
	}
	for how, want := range map[Security]uint16{SecurityAccepted: 5000, SecurityNone: 5000, SecurityOptional: 6000, SecurityRequired: 6000} {
		_, agreed, _, err := secureMouth(how, 1).answer(1, offered)
		if err != nil || agreed.Remote.Port() != want {
			t.Errorf("%q: %+v %v", how, agreed, err)
		}
	}
}

func TestSecurityWords(t *testing.T) {
	for word, want := range map[Security]bool{"": true, "none": true, "optional": true, "required": true, "dtls": false} {
		if word.Known() != want {
			t.Errorf("%q", word)
		}
	}
}

func TestCodecOrders(t *testing.T) {
	all := usualOrder
	if got := all.String(); got != "G722,PCMU,PCMA,opus" {
		t.Errorf("usual order %s", got)
	}
	if got := (Codecs{codec.Opus, codec.PCMA}).Only(Codecs{codec.PCMA, codec.PCMU}); got != (Codecs{codec.PCMA}) {
		t.Errorf("only %s", got)
	}
}

// TestOurFullOffer: every codec, mux and keys, as it stands on the wire.
func TestOurFullOffer(t *testing.T) {
	text := secureMouth(SecurityOptional, 1).offer(2, session{}).String()
	text = strings.NewReplacer("\r\n", "\n").Replace(text)
	var plain []string
	for line := range strings.Lines(text) {
		if name, _, keys := strings.Cut(line, " inline:"); keys {
			line = name + "\n"
		}
		plain = append(plain, line)
	}
	want := `v=0
o=- 7 2 IN IP4 192.0.2.1
s=-
c=IN IP4 192.0.2.1
t=0 0
m=audio 4000 RTP/AVP 9 0 8 111 101 110
a=rtpmap:9 G722/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:111 opus/48000/2
a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=rtpmap:110 telephone-event/48000
a=fmtp:110 0-16
a=crypto:1 AEAD_AES_128_GCM
a=crypto:2 AES_CM_128_HMAC_SHA1_80
a=rtcp-mux
a=ptime:20
a=sendrecv
`
	if got := strings.Join(plain, ""); got != want {
		t.Errorf("offer\n%s", got)
	}
}

func TestControlAddress(t *testing.T) {
	for value, want := range map[string]string{
		"7001": "198.51.100.9:7001", "7001 IN IP4 192.0.2.77": "192.0.2.77:7001", "6001": "invalid AddrPort", "x": "invalid AddrPort",
		"": "invalid AddrPort", "7001 IN IP4 host": "198.51.100.9:7001", "99999": "invalid AddrPort",
	} {
		d, err := parseDescription(storySDP("0") + "a=rtcp:" + value + "\r\n")
		if err != nil || d.Streams[0].Control.String() != want {
			t.Errorf("%q: %v %v", value, d.Streams, err)
		}
	}
}
