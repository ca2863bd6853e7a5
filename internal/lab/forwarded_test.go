package lab

import (
	"context"
	"strings"
	"testing"

	"parley/internal/dest"
	"parley/internal/settings"
	"parley/internal/store"
)

// sentOnBy leaves a world one trunk, which tells of diversions, and sends on outside whoever calls Support.
func sentOnBy(proxy string) func(ctx context.Context, db *store.DB) error {
	return func(ctx context.Context, db *store.DB) error {
		if err := noTrunks(ctx, db); err != nil {
			return err
		}
		trunk := settings.New[settings.Trunk]()
		trunk.Name, trunk.TrunkKind, trunk.Proxy, trunk.Networks, trunk.Diversion = "Lab", "address", proxy, []string{"127.0.0.0/8"}, true
		if _, err := db.Shelves().Trunks.Create(ctx, store.Actor{}, trunk); err != nil {
			return err
		}
		shelf := db.Shelves().Numbers
		numbers, err := shelf.All(ctx)
		for _, n := range numbers {
			if n.Fields.PhoneNumber == support && err == nil {
				n.Fields.Destination = dest.Destination{Kind: dest.External, Target: "+12025550180"}
				_, err = shelf.Update(ctx, store.Actor{}, n.ID, n.Version, n.Fields)
			}
		}
		return err
	}
}

// TestForwardedCall: the call of a trunk was sent on before it came. Its record tells by which numbers and why, but for one that is not
// to be shown; and where it is sent on outside, the carrier is told of all that it came by, and of this company (BX-33).
func TestForwardedCall(t *testing.T) {
	t.Parallel()
	at, checked := living(t)
	w := Start(t, Setup{Prepare: sentOnBy(at)})
	checked()
	far := SIPpCarrier(t, "carrier-forwarded", at)
	near := w.SIPp("forwarded", support)
	near.Ends()
	far.Ends()
	boss := w.SignIn(w.Person("admin", 0))
	d := boss.Record(boss.CallFrom(near.Number()))
	var told []string
	for _, e := range d.Timeline {
		if e.Kind == "forwarded" {
			told = append(told, e.Params["text"]+" "+e.Params["result"])
		}
	}
	want := "+3225550101 because all calls there are forwarded, a number that is not shown because it was busy, +3225550102 because nobody answered"
	if got := strings.Join(told, ", "); got != want || d.Disposition != "answered" {
		t.Errorf("the record says %s, and tells %q", d.Disposition, got)
	}
}
