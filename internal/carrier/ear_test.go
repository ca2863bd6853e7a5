package carrier

import (
	"encoding/binary"
	"reflect"
	"testing"
	"time"

	"parley/internal/media"
)

// packet is RTP with one millisecond of a constant.
func packet(stamp uint32, x int16) []byte {
	b := make([]byte, rtpHeader, rtpHeader+8)
	binary.BigEndian.PutUint32(b[4:], stamp)
	return media.Compress(media.PCMU, b, []int16{x, x, x, x, x, x, x, x})
}

func TestEarKeepsTime(t *testing.T) {
	tests := []struct {
		name   string
		stamps []uint32
		want   []int16 // one sample of each millisecond
	}{
		{"in order", []uint32{0, 8, 16}, []int16{0, 1, 2, 3}},
		{"around the end of time", []uint32{0xFFFFFFF0, 0xFFFFFFF8, 0}, []int16{0, 1, 2, 3}},
		{"a gap is silence", []uint32{0, 16}, []int16{0, 1, 0, 2}},
		{"a late packet is passed over", []uint32{0, 16, 8, 24}, []int16{1, 0, 2, 4}},
		{"another clock begins anew", []uint32{0, 0x70000000, 0x70000008}, []int16{0, 1, 2, 3}},
		{"nothing came", nil, []int16{0, 0, 0, 0}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := newEar()
			for i, stamp := range test.stamps {
				e.take(packet(stamp, int16(1000*(i+1))))
			}
			e.take(make([]byte, rtpHeader)) // without sound
			var got []int16
			for i, x := range e.last(4*time.Millisecond, e.came) {
				if i%8 == 0 {
					got = append(got, (x+500)/1000)
				}
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("heard %v, want %v", got, test.want)
			}
		})
	}
}

func TestEarForgetsAndHearsSilence(t *testing.T) {
	e := newEar()
	for i := range uint32(2 * memory / 8) {
		e.take(packet(8*i, 1000))
	}
	if pcm := e.last(time.Hour, e.came); len(pcm) != memory || pcm[0] < 900 || pcm[memory-1] < 900 {
		t.Errorf("%d samples kept, not ten seconds of the constant", len(pcm))
	}
	pcm := e.last(2*time.Second, e.came.Add(time.Second))
	if pcm[0] < 900 || pcm[media.SampleRate-1] < 900 || pcm[media.SampleRate] != 0 || pcm[2*media.SampleRate-1] != 0 {
		t.Error("a second without packets is not a second of silence")
	}
}
