package live

import (
	"slices"

	"parley/internal/id"
)

// MailboxCount is one that the viewer may hear, and how many of its messages nobody has heard yet (VM-11).
type MailboxCount struct {
	ID      id.Mailbox `json:"id"`
	Name    string     `json:"name"`
	Unheard int        `json:"unheard"`
	Mine    bool       `json:"mine" doc:"the viewer's own, or of a queue that the viewer belongs to; admins see the others too"`
}

// SiteMailbox is a mailbox with those it belongs to: its owner, or the members of the queues that use it.
type SiteMailbox struct {
	ID      id.Mailbox
	Name    string
	Unheard int
	Agents  []id.Agent
}

func (m SiteMailbox) same(o SiteMailbox) bool {
	return m.ID == o.ID && m.Name == o.Name && m.Unheard == o.Unheard && slices.Equal(m.Agents, o.Agents)
}

// Mailboxes takes in the mailboxes of an organisation as they are now; who sees one that changed is told.
func (h *Hub) Mailboxes(org id.Org, all []SiteMailbox) { h.of(org).setMailboxes(all) }

func (p *picture) setMailboxes(all []SiteMailbox) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if slices.EqualFunc(p.mailboxes, all, SiteMailbox.same) {
		return
	}
	before := p.mailboxes
	p.mailboxes = all
	for f := range p.feeds {
		now := seen(all, f.viewer)
		if !slices.Equal(now, seen(before, f.viewer)) {
			f.put(Message{Kind: "mailboxes", Data: now})
		}
	}
}

// seen are the mailboxes that a viewer may hear.
func seen(all []SiteMailbox, v Viewer) []MailboxCount {
	list := []MailboxCount{}
	for _, m := range all {
		mine := v.Agent != "" && slices.Contains(m.Agents, v.Agent)
		if mine || v.everything() {
			list = append(list, MailboxCount{ID: m.ID, Name: m.Name, Unheard: m.Unheard, Mine: mine})
		}
	}
	return list
}
