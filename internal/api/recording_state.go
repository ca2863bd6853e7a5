package api

import (
	"context"
	"slices"

	"parley/internal/id"
)

// withRecordings says of the calls of a list whether there is something to listen to (RC-8).
func (d *doors) withRecordings(ctx context.Context, rows []CallRow) error {
	calls := make([]id.Call, len(rows))
	for i := range rows {
		calls[i] = rows[i].ID
	}
	found, err := d.DB.RecordingStates(in(ctx), calls)
	for i := range rows {
		rows[i].Recording = recordingState(rows[i].Recording != "none", found[rows[i].ID])
	}
	return err
}

// addRecordings says it of one call.
func (d *doors) addRecordings(ctx context.Context, c *CallDetail) error {
	rows := []CallRow{c.CallRow}
	err := d.withRecordings(ctx, rows)
	c.CallRow = rows[0]
	return err
}

// recordingState sums up the recordings of a call: is there one (messages in mailboxes are none), and what became of each. What
// can be heard counts most, then that there was something.
func recordingState(recorded bool, statuses []string) string {
	switch has := func(status string) bool { return slices.Contains(statuses, status) }; {
	case !recorded:
		return "none"
	case has("recording"):
		return "recording"
	case has("available") || has("processing"):
		return "available"
	case has("deleted"):
		return "deleted"
	}
	return "none"
}
