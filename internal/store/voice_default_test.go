package store

import "testing"

// TestVoice keeps what an agent's voice is reached by, and each organisation's by itself.
func TestVoice(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w, other := newWorld(t, db, 1), newWorld(t, db, 2)
		ann := w.agents[0]
		_, err := db.VoiceDefault(w.ctx, ann.ID)
		refused(t, "default before it is saved", err, ErrNotFound)
		check(t, db.SetVoiceDefault(w.ctx, VoiceDefault{Agent: ann.ID, Mode: "call_me", Number: "+32470111222", Persistent: true}))
		check(t, db.SetVoiceDefault(w.ctx, VoiceDefault{Agent: ann.ID, Mode: "call_in", Persistent: true}))
		v, err := db.VoiceDefault(w.ctx, ann.ID)
		check(t, err)
		same(t, "default", v.Mode+v.Number, "call_in")
		_, err = db.VoiceDefault(other.ctx, ann.ID)
		refused(t, "default of another organisation's agent", err, ErrNotFound)
		if err := db.SetVoiceDefault(other.ctx, VoiceDefault{Agent: ann.ID, Mode: "web"}); err == nil {
			t.Error("another organisation saved a default for an agent")
		}

		ann.ReceivingNumber, ann.PreferredDevice = "+32470111222", ReceivingNumber
		check(t, db.UpdateAgent(w.ctx, &ann))
		kept, err := db.Agent(w.ctx, ann.ID)
		check(t, err)
		same(t, "receiving number", kept.ReceivingNumber, ann.ReceivingNumber)
		check(t, db.DeleteAgent(w.ctx, w.agents[1].ID))
	})
}
