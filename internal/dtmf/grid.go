package dtmf

import (
	"math"

	"parley/internal/tel"
)

// The rows and columns of ITU-T Q.23 §2, in hertz.
var (
	lows  = [4]float64{697, 770, 852, 941}
	highs = [4]float64{1209, 1336, 1477, 1633}
)

// events gives the RFC 4733 event of the key in a row and a column.
var events = [4][4]uint8{
	{1, 2, 3, 12},
	{4, 5, 6, 13},
	{7, 8, 9, 14},
	{10, 0, 11, 15},
}

// named gives the key of an event: made once, for tel.DigitOf makes a new text each time.
var named = func() (keys [16]tel.Digit) {
	for event := range keys {
		keys[event], _ = tel.DigitOf(uint8(event))
	}
	return keys
}()

// place is where an RFC 4733 event (0 to 15) sits on the keypad.
func place(event int) (row, column int) {
	for row, line := range events {
		for column, e := range line {
			if int(e) == event {
				return row, column
			}
		}
	}
	return 0, 0
}

// fullScale is the peak of a sine of 0 dBm0 in 16-bit sound: a sine of +3.14 dBm0 just fits (ITU-T G.711 table 5).
const fullScale = 22830

// peak is the amplitude of a sine of so many dBm0.
func peak(level float64) float64 { return fullScale * math.Pow(10, level/20) }

// level is the dBm0 of a sine of that amplitude.
func level(amplitude float64) float64 { return 20 * math.Log10(max(amplitude, 0.1)/fullScale) }
