//go:build !cgo

package codec

const opusAvailable = false

func newOpusEncoder(Settings) (Encoder, error) { return nil, ErrUnavailable }

func newOpusDecoder(int) (Decoder, error) { return nil, ErrUnavailable }
