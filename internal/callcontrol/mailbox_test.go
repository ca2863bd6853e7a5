package callcontrol

import (
	"testing"

	"parley/internal/dialin"
	"parley/internal/tel"
	"parley/internal/treatment"
)

// TestFieldsOfAMailbox: keys of a field are kept from everybody, also those that are too many, until the field is forgotten.
func TestFieldsOfAMailbox(t *testing.T) {
	v := newVault()
	if v.holds("leg") || v.take("leg") != nil {
		t.Error("a leg that nothing was asked of holds something")
	}
	v.collect("leg", dialin.Stage(treatment.FieldBox), 50)
	v.press("leg", "8")
	v.press("leg", "#")
	v.collect("leg", dialin.Stage(treatment.FieldPIN), 10)
	for _, key := range "314159#27" {
		v.press("leg", tel.Digit(string(key)))
	}
	keyed := v.take("leg")
	if keyed[dialin.Stage(treatment.FieldBox)] != "8" || keyed[dialin.Stage(treatment.FieldPIN)] != "314159" {
		t.Errorf("%v", keyed)
	}
	if took, done := v.press("leg", "1"); took || done || !v.holds("leg") || len(v.take("leg")) != 0 {
		t.Error("a key after the field is heard of")
	}
	v.forget("leg")
	if v.holds("leg") {
		t.Error("the field is not forgotten")
	}
}
