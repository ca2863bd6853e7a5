package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/campaign"
	"parley/internal/id"
)

// LeadAttempt says that a call counts for a lead (OB-14). Writer.LeadAttempt stores it.
type LeadAttempt struct {
	bun.BaseModel `bun:"table:lead_attempts,alias:lead_attempt"`
	Org           id.Org    `bun:"organisation,pk" json:"-"`
	Call          id.Call   `bun:"call_id,pk" json:"call"`
	Lead          id.Lead   `bun:"lead_id" json:"lead"`
	Agent         id.Agent  `bun:"agent_id" json:"agent"`
	At            time.Time `bun:"at" json:"at"`           // when the call began
	Outcome       string    `bun:"outcome" json:"outcome"` // of the call; made from what its agents chose
}

type attemptKey struct {
	org  id.Org
	call id.Call
}

func (b *batch) setAttempt(row *LeadAttempt) {
	b.attempts[attemptKey{row.Org, row.Call}] = *row
	b.bytes += rowCost
}

// leadKey names a lead.
type leadKey struct {
	org  id.Org
	lead id.Lead
}

// countLeads stores which calls count for which leads and what came of those calls, and counts anew the leads that this is about.
func (b *batch) countLeads(ctx context.Context, tx bun.Tx) error {
	changed := map[leadKey]bool{}
	for _, row := range b.attempts {
		if err := moveAttempt(ctx, tx, &row, changed); err != nil {
			return err
		}
	}
	for _, row := range b.outcomes {
		before, err := attemptOf(ctx, tx, row.Org, row.Call)
		if err != nil {
			return err
		}
		if before == nil {
			continue
		}
		if err := noteOutcome(ctx, tx, before); err != nil {
			return err
		}
		changed[leadKey{row.Org, before.Lead}] = true
	}
	for which := range changed {
		if err := countLead(ctx, tx, which); err != nil {
			return err
		}
	}
	return nil
}

// moveAttempt lets a call count for a lead, and no longer for another one. A lead that was deleted meanwhile is passed over.
func moveAttempt(ctx context.Context, tx bun.Tx, row *LeadAttempt, changed map[leadKey]bool) error {
	there, err := tx.NewSelect().Table("leads").Where("organisation = ?", row.Org).Where("id = ?", row.Lead).Exists(ctx)
	if err != nil || !there {
		return err
	}
	before, err := attemptOf(ctx, tx, row.Org, row.Call)
	if err != nil {
		return err
	}
	if before != nil {
		changed[leadKey{row.Org, before.Lead}] = true
	}
	_, err = tx.NewInsert().Model(row).On("CONFLICT (organisation, call_id) DO UPDATE").
		Set("lead_id = EXCLUDED.lead_id, agent_id = EXCLUDED.agent_id, at = EXCLUDED.at").Exec(ctx)
	if err != nil {
		return err
	}
	changed[leadKey{row.Org, row.Lead}] = true
	return noteOutcome(ctx, tx, row)
}

func attemptOf(ctx context.Context, tx bun.Tx, org id.Org, call id.Call) (*LeadAttempt, error) {
	rows := []LeadAttempt{}
	err := tx.NewSelect().Model(&rows).Where("organisation = ?", org).Where("call_id = ?", call).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// noteOutcome gives an attempt the latest outcome that an agent chose for its call.
func noteOutcome(ctx context.Context, tx bun.Tx, of *LeadAttempt) error {
	chosen := []CallOutcome{}
	err := tx.NewSelect().Model(&chosen).Where("organisation = ?", of.Org).Where("call_id = ?", of.Call).
		OrderExpr("at DESC, agent_id").Limit(1).Scan(ctx)
	if err != nil || len(chosen) == 0 {
		return err
	}
	_, err = tx.NewUpdate().Table("lead_attempts").Set("outcome = ?", chosen[0].Name).
		Where("organisation = ?", of.Org).Where("call_id = ?", of.Call).Exec(ctx)
	return err
}

// countLead writes down where a lead stands with the calls that count for it now.
func countLead(ctx context.Context, tx bun.Tx, which leadKey) error {
	lead, rows := []Lead{}, []LeadAttempt{}
	err := tx.NewSelect().Model(&lead).Where("organisation = ?", which.org).Where("id = ?", which.lead).Scan(ctx)
	if err != nil || len(lead) == 0 {
		return err
	}
	if err := tx.NewSelect().Model(&rows).Where("organisation = ?", which.org).Where("lead_id = ?", which.lead).Scan(ctx); err != nil {
		return err
	}
	attempts := make([]campaign.Attempt, len(rows))
	for i := range rows {
		attempts[i] = campaign.Attempt{At: rows[i].At, Outcome: rows[i].Outcome}
	}
	s := campaign.Count(lead[0].Status, attempts)
	l := &lead[0]
	l.Status, l.Attempts, l.LastAttempt, l.LastOutcome = s.Status, s.Attempts, s.LastAttempt, s.LastOutcome
	l.Version, l.UpdatedAt = l.Version+1, now()
	_, err = tx.NewUpdate().Model(l).Column("status", "attempts", "last_attempt", "last_outcome", "version", "updated_at").
		Where("organisation = ?", which.org).Where("id = ?", which.lead).Exec(ctx)
	return err
}
