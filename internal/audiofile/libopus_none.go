//go:build !cgo

package audiofile

import "errors"

// Available tells whether Ogg Opus can be written and read.
func Available() bool { return false }

type (
	encoder struct{}
	decoder struct{}
)

var errPacket = errors.New("a packet is damaged")

func newEncoder(opusHead, int, int, int) (*encoder, error) { return nil, ErrNoOpus }

func newDecoder(opusHead, int) (*decoder, error) { return nil, ErrNoOpus }

func (e *encoder) lookahead() int { return 0 }

func (e *encoder) encode([]byte, []int16, int) ([]byte, error) { return nil, ErrNoOpus }

func (e *encoder) close() {}

func (d *decoder) decode([]int16, []byte) (int, error) { return 0, ErrNoOpus }

func (d *decoder) close() {}
