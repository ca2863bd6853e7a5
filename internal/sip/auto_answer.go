package sip

import sipgo "github.com/emiago/sipgo/sip"

// autoAnswer asks a phone to answer by itself: by RFC 5373, and in the two ways that desk phones had before it, a parameter of Call-Info and
// one of Alert-Info (RFC 3261 §20.4, §20.9). A phone that knows none of them rings. Host is ours: the addresses lead to nothing that a phone
// would fetch, but the grammar wants one.
func autoAnswer(host string) []sipgo.Header {
	return []sipgo.Header{
		sipgo.NewHeader("Answer-Mode", "Auto"),
		sipgo.NewHeader("Call-Info", "<sip:"+host+">;answer-after=0"),
		sipgo.NewHeader("Alert-Info", "<http://"+host+">;info=alert-autoanswer;delay=0"),
	}
}
