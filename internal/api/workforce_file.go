package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"
	"strings"
	"time"

	"parley/internal/store"
)

type fileOutput struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// mostExported bounds a file; who needs more asks for fewer days.
const mostExported = 100_000

// statusEventFile gives the changes of status that a search finds as a file, the newest first (MN-9).
func (d *doors) statusEventFile(ctx context.Context, i *StatusEventSearch) (*fileOutput, error) {
	if err := d.permitted(ctx, export); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	file := csv.NewWriter(&out)
	_ = file.Write([]string{ // a buffer takes it all
		"at", "agent", "agent_kind", "channel", "previous_status", "previous_effect", "seconds", "new_status", "new_effect", "reason",
		"custom_status", "trigger", "actor",
	})
	filter := d.statusFilter(ctx, i)
	for from := 0; from < mostExported; from += store.MaxLimit {
		page, err := d.DB.StatusEvents(in(ctx), filter, store.Range{Offset: from, Limit: store.MaxLimit})
		if err != nil {
			return nil, d.refusal(err)
		}
		for _, e := range page.Rows {
			_ = file.Write(plain(
				e.At.UTC().Format(time.RFC3339), d.agentName(ctx, e.Agent), e.AgentKind, e.Channel, e.PreviousStatus, e.PreviousEffect,
				strconv.Itoa(e.Seconds), e.NewStatus, e.NewEffect, e.Reason, e.CustomName, e.Trigger, d.userName(ctx, e.Actor),
			))
		}
		if len(page.Rows) < store.MaxLimit {
			break
		}
	}
	file.Flush()
	return &fileOutput{"text/csv; charset=utf-8", `attachment; filename="status-events.csv"`, out.Bytes()}, file.Error()
}

// plain keeps texts from being formulas that a spreadsheet would run.
func plain(all ...string) []string {
	for i, text := range all {
		if text != "" && strings.ContainsAny(text[:1], "=+-@\t\r") {
			all[i] = "'" + text
		}
	}
	return all
}
