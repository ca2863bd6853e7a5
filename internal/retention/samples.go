package retention

import (
	"context"
	"encoding/json"
	"time"

	"parley/internal/call"
	"parley/internal/store"
)

// deleteSamples takes the samples of its sound out of what is kept of a call: the figures of each leg stay, the points of their charts go.
func (k *Keeper) deleteSamples(ctx context.Context, before time.Time) (store.Expired, error) {
	kind, _, err := call.Events.Encode(call.SoundSampled{})
	if err != nil {
		return store.Expired{}, err
	}
	return k.DB.DeleteExpiredSamples(ctx, before, store.Unsampled{Record: withoutCharts, Event: kind})
}

// withoutCharts takes the charts out of the legs of a record, and leaves everything else as it is, also what this program does not know.
func withoutCharts(whole json.RawMessage) (json.RawMessage, error) {
	return changed(whole, "legs", func(legs json.RawMessage) (json.RawMessage, error) {
		var all []json.RawMessage
		if err := json.Unmarshal(legs, &all); err != nil {
			return nil, err
		}
		for i := range all {
			for _, way := range []string{"from", "to"} {
				leg, err := changed(all[i], way, withoutChart)
				if err != nil {
					return nil, err
				}
				all[i] = leg
			}
		}
		return json.Marshal(all)
	})
}

func withoutChart(way json.RawMessage) (json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(way, &fields); err != nil {
		return nil, err
	}
	delete(fields, "chart")
	return json.Marshal(fields)
}

// changed changes a member of an object that has it.
func changed(object json.RawMessage, name string, change func(json.RawMessage) (json.RawMessage, error)) (json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(object, &fields); err != nil {
		return nil, err
	}
	member, has := fields[name]
	if !has || string(member) == "null" {
		return object, nil
	}
	now, err := change(member)
	if err != nil {
		return nil, err
	}
	fields[name] = now
	return json.Marshal(fields)
}
