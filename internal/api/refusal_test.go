package api

import (
	"strings"
	"testing"
)

// TestFieldsAreNamed: whatever is wrong is told with its field, in words that say what it may be.
func TestFieldsAreNamed(t *testing.T) {
	w := newWorld(t)
	c := w.as("admin")
	user := string(w.users["ann"])
	for _, one := range []struct{ name, kind, fields, field, says string }{
		{"codec", "agents", `{"user":"` + user + `","codecs":["mp3"]}`, "codecs", "opus"},
		{"certificates", "trunks", `{"name":"T","kind":"address","networks":["192.0.2.1"],"proxy":"a.example","ca":"x"}`, "ca", "PEM"},
		{"pattern", "agents", `{"user":"` + user + `","extension":"1"}`, "extension", "must be 2 to 6 digits"},
		{"number", "numbers", `{"phone_number":"025550100","trunk":"x"}`, "phone_number", "must be a telephone number with country code"},
		{"list", "rates", `{"name":"R","prefixes":[],"price_per_minute":1}`, "prefixes", "must hold 1 to 1000"},
		{"blank name", "trunks", `{"name":"  ","kind":"address","networks":["192.0.2.1"],"proxy":"a.example"}`, "name", "must not be empty"},
		{"article", "agents", `{"user":"` + user + `","unavailable_greeting":{"audio":"gone"}}`, "unavailable_greeting", "names an audio file that does not exist"},
		{"agent of a user", "agents", `{"user":"` + user + `"}`, "user", "taken"},
		{"known login", "users", `{"email":"ANN@example.com","first_name":"Ann","role":"agent"}`, "email", "taken"},
		{"queue in other letters", "queues", `{"name":" sALES"}`, "name", "taken"},
	} {
		t.Run(one.name, func(t *testing.T) {
			a := c.post("/api/settings/"+one.kind, `{"fields":`+one.fields+`}`)
			p := a.problem(t, a.status)
			if a.status < 400 || len(p.Errors) == 0 {
				t.Fatalf("not refused by its field: %d %s", a.status, a.body)
			}
			if !strings.HasSuffix(p.Errors[0].Location, "fields."+one.field) || !strings.Contains(p.Errors[0].Message, one.says) {
				t.Errorf("%+v, not %s: …%s…", p.Errors[0], one.field, one.says)
			}
		})
	}
}
