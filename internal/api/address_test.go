package api

import (
	"net/http"
	"testing"

	"parley/internal/settings"
	"parley/internal/store"
)

const headOffice = `"friendly_name":"Head office","customer_name":"Acme NV","street":"Rue de la Loi 16","city":"Brussels","country_code":"BE"`

// TestAddressBook: an entry of the regulatory address book is made, used by a number, and kept while it is; whether it is valid is
// not for people to say (PN-8).
func TestAddressBook(t *testing.T) {
	w := newWorld(t)
	c := w.as("admin")
	type saved = store.Saved[settings.Address]
	made := read[saved](t, c.post("/api/settings/addresses", `{"fields":{`+headOffice+`,"validated":true,"verified":true}}`))
	if made.Title != "Head office" || made.Fields.Valid() {
		t.Errorf("made %+v", made)
	}
	path := "/api/settings/addresses/" + made.ID
	p := c.post("/api/settings/addresses", `{"fields":{`+headOffice+`,"postal_code":"123456789012345678901"}}`).problem(t, 422)
	if p.Errors[0].Location != "body.fields.postal_code" {
		t.Errorf("too long: %+v", p)
	}

	made.Fields.Validated = true // by the carrier
	_, err := w.doors.DB.Shelves().Addresses.Update(w.ctx, store.Actor{}, made.ID, made.Version, made.Fields)
	check(t, err)
	changed := read[saved](t, c.do(http.MethodPut, path, `{"version":2,"fields":{`+headOffice+`,"region":"Brussels","validated":false,"verified":true}}`))
	if f := changed.Fields; f.Region != "Brussels" || !f.Validated || f.Verified || !f.Valid() {
		t.Errorf("changed %+v", f)
	}

	trunk := store.NewTrunk("Carrier", store.TrunkByAddress)
	check(t, w.doors.DB.CreateTrunk(w.ctx, &trunk))
	number := read[store.Saved[settings.Number]](t, c.post("/api/settings/numbers", `{"fields":{"phone_number":"+3225550199","trunk":"`+
		string(trunk.ID)+`","address":"`+made.ID+`"}}`))
	if uses := read[[]store.Use](t, c.get(path+"/uses")); len(uses) != 1 || uses[0].Kind != "number" || uses[0].ID != number.ID {
		t.Errorf("uses %+v", uses)
	}
	if p = c.do(http.MethodDelete, path, "").problem(t, 409); len(p.Users) != 1 {
		t.Errorf("deleted though in use: %+v", p)
	}
	p = c.post("/api/settings/numbers", `{"fields":{"phone_number":"+3225550198","trunk":"`+string(trunk.ID)+`","address":"gone"}}`).problem(t, 422)
	if p.Errors[0].Location != "body.fields.address" {
		t.Errorf("an address that is not there: %+v", p)
	}
}
