package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"parley/internal/channel/sms"
	"parley/internal/id"
	"parley/internal/sip"
)

// text sends a text message by the trunks of an organisation that take some, one after the other until it is taken (SM-2). It shows the
// organisation's default number where nothing else is said.
func (a *App) text(ctx context.Context, org id.Org, m sms.Message) error {
	trunks, shown := a.sites.TextTrunks(org)
	m.From, m.Text = cmp.Or(m.From, shown), sms.Clip(m.Text, sip.LongestText)
	carriers := make([]sms.Carrier, len(trunks))
	for i, t := range trunks {
		carriers[i] = sms.Carrier{Name: t.Name, Send: func(ctx context.Context, m sms.Message) error { return a.textBy(ctx, t, m) }}
	}
	return sms.Send(ctx, carriers, m)
}

// textBy hands a text message to one trunk.
func (a *App) textBy(ctx context.Context, t sip.Trunk, m sms.Message) error {
	sent := a.sip.SendText(ctx, t, string(m.From), string(m.To), m.Text)
	switch {
	case sent.Why == "":
		a.log.Info("text message sent", "trunk", t.Name, "to", m.To)
		return nil
	case sent.Later():
		return errors.New(sent.Why)
	}
	return fmt.Errorf("%w: %s", sms.ErrRefused, sent.Why)
}
