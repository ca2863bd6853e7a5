package store

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
)

// Tag is what somebody put on a call or on one of its recordings, one value for each key (RC-7).
type Tag struct {
	bun.BaseModel `bun:"table:tags,alias:tag"`
	Org           id.Org           `bun:"organisation" json:"-"`
	Call          id.Call          `bun:"call_id" json:"call"`
	Recording     id.Recording     `bun:"recording_id" json:"recording,omitempty"` // empty: of the call itself
	Folded        string           `bun:"folded" json:"-"`                         // the key, by which it is found; made from it
	Key           string           `bun:"tag_key" json:"key"`
	Type          settings.TagType `bun:"tag_type" json:"type"`
	Value         string           `bun:"tag_value" json:"value"` // as settings.TagKey keeps it
	Removed       bool             `bun:"removed" json:"-"`       // nobody sees it, and no queue puts it there again
	Actor         id.User          `bun:"actor" json:"actor"`     // empty: a queue
	At            time.Time        `bun:"at" json:"at"`
}

// FoldTag is what tells one key from another: case and outer spaces do not.
func FoldTag(key string) string { return strings.ToLower(strings.TrimSpace(key)) }

// SetTag puts a tag on, or gives the one of its key another value. Ask for the Call first: it checks who may see it.
func (db *DB) SetTag(ctx context.Context, tag *Tag) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	tag.Org, tag.Key, tag.Folded, tag.At, tag.Removed = org, strings.TrimSpace(tag.Key), FoldTag(tag.Key), now(), false
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(tag).On("CONFLICT (organisation, call_id, recording_id, folded) DO UPDATE").
			Set("tag_key = EXCLUDED.tag_key, tag_type = EXCLUDED.tag_type, tag_value = EXCLUDED.tag_value").
			Set("removed = EXCLUDED.removed, actor = EXCLUDED.actor, at = EXCLUDED.at").Exec(ctx)
		return err
	})
}

// RemoveTag takes the tag of a key off, in whose name actor says, or gives ErrNotFound.
func (db *DB) RemoveTag(ctx context.Context, call id.Call, recording id.Recording, key string, actor id.User) error {
	org, err := OrgOf(ctx)
	if err != nil {
		return err
	}
	return db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		done, err := tx.NewUpdate().Table("tags").Set("removed = TRUE").Set("tag_value = ''").Set("actor = ?", actor).Set("at = ?", now()).
			Where("organisation = ?", org).Where("call_id = ?", call).Where("recording_id = ?", recording).
			Where("folded = ?", FoldTag(key)).Where("NOT removed").Exec(ctx)
		if err != nil {
			return err
		}
		if count, err := done.RowsAffected(); err != nil || count > 0 {
			return err
		}
		return ErrNotFound
	})
}

// Tags is every tag of a call and of its recordings, by key. Ask for the Call first: it checks who may see it.
func (db *DB) Tags(ctx context.Context, call id.Call) ([]Tag, error) {
	return all[Tag](ctx, db, "recording_id, folded", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("call_id = ?", call).Where("NOT removed")
	})
}

// tagged finds calls by a tag of theirs or of their recordings: with a value if one is asked for.
func tagged(q *bun.SelectQuery, key, value string) *bun.SelectQuery {
	if key == "" {
		return q
	}
	const of = "call_row.id IN (SELECT l.call_id FROM tags AS l WHERE l.organisation = call_row.organisation AND l.folded = ? AND NOT l.removed"
	if value == "" {
		return q.Where(of+")", FoldTag(key))
	}
	return q.Where(of+" AND l.tag_value = ?)", FoldTag(key), value)
}

// tagMark stands in the whole of a record on which a queue has put tags.
var tagMark = []byte(`"tags":`)

// queueTags is what queues put on a call (QU-20); a record that cannot be read has none.
func (c *CallRow) queueTags() []string {
	if !bytes.Contains(c.Whole, tagMark) {
		return nil
	}
	var record struct {
		Tags []string `json:"tags"`
	}
	if json.Unmarshal(c.Whole, &record) != nil {
		return nil
	}
	return record.Tags
}

// newTags lists what queues have put on the calls since they were last stored.
func (p *past) newTags(calls []CallRow) []Tag {
	p.mu.Lock()
	defer p.mu.Unlock()
	var tags []Tag
	for i := range calls {
		row := &calls[i]
		for _, key := range row.tags {
			if !slices.Contains(p.parts[row.ID].tags, key) {
				tags = append(tags, Tag{Org: row.Org, Call: row.ID, Key: strings.TrimSpace(key), Folded: FoldTag(key), At: row.UpdatedAt})
			}
		}
	}
	return tags
}

// insertQueueTags puts on what queues say: a yes, where the call has no tag of the key and had none.
var insertQueueTags = &statement[Tag]{
	name:    "insert tags of queues",
	head:    "INSERT INTO tags (organisation, call_id, recording_id, folded, tag_key, tag_type, tag_value, removed, actor, at) VALUES",
	columns: 10,
	tail:    " ON CONFLICT DO NOTHING",
	bind: func(v *values, row *Tag) {
		v.texts(string(row.Org), string(row.Call), "", row.Folded, row.Key, string(settings.TagYesNo), "true")
		v.add(false)
		v.texts("")
		v.time(row.At)
	},
}
