package lab

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/internal/settings"
	"parley/internal/store"
)

// TestEmergencyIsTold: as an agent calls for help, whom the settings name hears of it by the bell, and a web server by webhook, with
// the caller, the number that reaches the caller and where help is to come. A carrier that takes no location is called again
// without one, and the two talk (BX-14).
func TestEmergencyIsTold(t *testing.T) {
	t.Parallel()
	heard := make(chan string, 10)
	hooks := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		heard <- string(body)
	}))
	t.Cleanup(hooks.Close)
	n, far := answering(t)
	w := Start(t, Setup{Prepare: func(ctx context.Context, db *store.DB) error {
		if err := noTrunks(ctx, db); err != nil {
			return err
		}
		if err := way(ctx, db, "Main", n, func(t *settings.Trunk) { t.Geolocation = true }); err != nil {
			return err
		}
		return helpAt(ctx, db, hooks.URL)
	}})
	boss := sitDown(t, w, w.Person("admin", 0))
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	which := ann.dial("911")
	Eventually(t, "the bell rings", func() bool { return boss.Picture().Bell.New != nil })
	fresh := boss.Picture().Bell.New
	place := "Front desk, 12 Main St, 62701 Springfield, US, floor 3"
	if fresh.Kind != store.NoticeEmergency || fresh.Data.Agent != named(ann) || fresh.Data.Number != "911" || fresh.Data.CallBack != sales ||
		fresh.Data.Location != place || fresh.LinkID != string(which) {
		t.Errorf("the bell tells %+v", fresh)
	}
	select {
	case body := <-heard:
		for _, part := range []string{
			`"type":"call.emergency"`, `"dialled":"911"`, fmt.Sprintf(`"call_back":%q`, sales), `"street":"12 Main St"`, `"floor":"3"`,
		} {
			if !strings.Contains(body, part) {
				t.Errorf("%s is not in %s", part, body)
			}
		}
	case <-time.After(20 * time.Second):
		t.Fatal("no webhook came")
	}
	k := received(t, far)
	ann.line("active")
	ann.hears(callerVoice, agentVoice)
	k.HangUp()
	d := ann.Record(which)
	told := ""
	for _, e := range d.Timeline {
		if e.Kind == "rerouted" {
			told += fmt.Sprint(e.Params)
		}
	}
	if d.Disposition != "answered" || strings.Count(told, "SIP 415") != 1 {
		t.Errorf("the record says %s, %q", d.Disposition, told)
	}
}

// TestHelpComesWhereTheUserIs: who works by softphone says where the network is, and help is sent there; the administrator is told within
// a second of the dialling, by the clock of the program (BX-14).
func TestHelpComesWhereTheUserIs(t *testing.T) {
	t.Parallel()
	n, far := answering(t)
	w := Start(t, Setup{Prepare: func(ctx context.Context, db *store.DB) error {
		if err := noTrunks(ctx, db); err != nil {
			return err
		}
		if err := way(ctx, db, "Main", n, func(*settings.Trunk) {}); err != nil {
			return err
		}
		return helpAt(ctx, db, "")
	}})
	boss := sitDown(t, w, w.Person("admin", 0))
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	ann.Must("PUT", "/station/location", map[string]any{"address": map[string]string{
		"name": "Home", "street": "1 Elm St", "city": "Peoria", "country_code": "US", "floor": "2",
	}}, nil)
	which := ann.dial("911")
	Eventually(t, "the bell rings", func() bool { return boss.Picture().Bell.New != nil })
	fresh := boss.Picture().Bell.New
	if fresh.Kind != store.NoticeEmergency || fresh.Data.Location != "Home, 1 Elm St, Peoria, US, floor 2" {
		t.Errorf("the bell tells %+v", fresh)
	}
	k := received(t, far)
	ann.line("active")
	k.HangUp()
	d := ann.Record(which)
	if told := fresh.CreatedAt.Sub(d.CreatedAt); told < 0 || told > time.Second {
		t.Errorf("told after %s", told)
	}
}

// helpAt says where help is to come whatever number is shown, and who is told by webhook.
func helpAt(ctx context.Context, db *store.DB, hook string) error {
	where := settings.New[settings.Location]()
	where.Name, where.Street, where.City, where.PostalCode, where.Country, where.Floor = "Front desk", "12 Main St", "Springfield", "62701", "US", "3"
	made, err := db.Shelves().Locations.Create(ctx, store.Actor{}, where)
	if err != nil {
		return err
	}
	numbers, err := db.Shelves().Numbers.All(ctx)
	if err != nil {
		return err
	}
	for _, n := range numbers {
		n.Fields.EmergencyLocation = made.ID
		if _, err := db.Shelves().Numbers.Update(ctx, store.Actor{}, n.ID, n.Version, n.Fields); err != nil {
			return err
		}
	}
	all, err := db.Shelves().Org.All(ctx)
	if err != nil {
		return err
	}
	for _, o := range all {
		o.Fields.EmergencyWebhook = hook
		if _, err := db.Shelves().Org.Update(ctx, store.Actor{}, o.ID, o.Version, o.Fields); err != nil {
			return err
		}
	}
	return nil
}
