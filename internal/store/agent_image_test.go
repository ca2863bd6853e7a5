package store

import "testing"

// TestAgentImages keeps one picture for each agent, each organisation's by itself (AG-7).
func TestAgentImages(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		ann := w.agents[0].ID
		_, _, err := db.AgentImage(w.ctx, ann)
		refused(t, "none at first", err, ErrNotFound)
		check(t, db.SetAgentImage(w.ctx, ann, []byte{1, 2, 3}))
		first, err := db.AgentImages(w.ctx)
		check(t, err)
		check(t, db.SetAgentImage(w.ctx, ann, []byte{0xff, 0xd8}))
		jpeg, tag, err := db.AgentImage(w.ctx, ann)
		check(t, err)
		same(t, "the picture", string(jpeg), "\xff\xd8")
		same(t, "another tag", tag != "" && tag != first[ann], true)
		refused(t, "of another organisation", db.SetAgentImage(other.ctx, ann, jpeg), ErrNotFound)
		_, _, err = db.AgentImage(other.ctx, ann)
		refused(t, "seen by another organisation", err, ErrNotFound)
		check(t, db.SetAgentImage(w.ctx, ann, nil))
		none, err := db.AgentImages(w.ctx)
		check(t, err)
		same(t, "after it was taken away", len(none), 0)
	})
}
