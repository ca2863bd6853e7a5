package settings

import (
	"fmt"
	"testing"
)

// TestSpeedDials: what is no number, and two of one code, are refused at their place (BX-32).
func TestSpeedDials(t *testing.T) {
	a := New[Agent]()
	a.SpeedDials = []SpeedDial{{"01", "Reception", "202"}, {"02", "", "0470 11 12 22"}, {"00", "", "+32470111222"}}
	if got := a.Check(); len(got) != 0 {
		t.Errorf("good ones: %v", got)
	}
	a.SpeedDials = append(a.SpeedDials, SpeedDial{"02", "Again", "203"}, SpeedDial{"03", "A code", "*97"}, SpeedDial{"04", "Itself", "*004"})
	want := "[{speed_dials[3].speed_code is there already}" +
		" {speed_dials[4].speed_to must be a telephone number, such as +32470111222, or an extension}" +
		" {speed_dials[5].speed_to must be a telephone number, such as +32470111222, or an extension}]"
	if got := fmt.Sprint(a.Check()); got != want {
		t.Errorf("%s, not %s", got, want)
	}
}
