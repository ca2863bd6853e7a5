package live

import "parley/internal/id"

// Notice is a sentence that a person should see now, whatever is on the screen.
type Notice struct {
	Level string `json:"level" enum:"info,warning,error"`
	Text  string `json:"text"`
}

// Notice tells an agent something. Nobody hears of it who is not there now.
func (h *Hub) Notice(org id.Org, agent id.Agent, n Notice) {
	p := h.of(org)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tell("notice", func(v Viewer) bool { return v.Agent == agent && agent != "" }, func() any { return n })
}
