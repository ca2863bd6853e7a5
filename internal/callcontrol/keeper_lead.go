package callcontrol

import (
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/store"
)

// storeAttempt lets the call count for the lead that an agent has chosen (OB-14).
func storeAttempt(w *store.Writer, which id.Call, e call.Event) {
	if e, is := e.(call.Converted); is {
		w.LeadAttempt(store.LeadAttempt{Call: which, Lead: e.Lead.ID, Agent: e.Agent, At: e.Started})
	}
}
