package jitter

// OpusUnits says how long an Opus packet sounds in units of its 48 kHz clock, from its first bytes (RFC 6716 §3.1,
// §3.2); 0 when it has none that is valid.
func OpusUnits(payload []byte) int {
	if len(payload) == 0 {
		return 0
	}
	units := opusFrame(payload[0] >> 3)
	switch payload[0] & 3 {
	case 0:
		return units
	case 1, 2:
		return 2 * units
	}
	if len(payload) < 2 {
		return 0
	}
	if units *= int(payload[1] & 63); units > 5760 {
		return 0
	}
	return units
}

// opusFrame is the length of one frame of a configuration, 0 to 31 (RFC 6716 table 2).
func opusFrame(configuration byte) int {
	switch {
	case configuration < 12: // SILK: 10, 20, 40, 60 ms
		return [...]int{480, 960, 1920, 2880}[configuration&3]
	case configuration < 16: // hybrid: 10, 20 ms
		return 480 << (configuration & 1)
	default: // CELT: 2.5, 5, 10, 20 ms
		return 120 << (configuration & 3)
	}
}
