package demo

import (
	"context"
	"errors"
	"fmt"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/sounds"
	"parley/internal/store"
	"parley/internal/tel"
)

// furnish makes all that is missing, so that a start that was cut short is made up for.
func furnish(ctx context.Context, db *store.DB) error {
	agents, err := createPeople(ctx, db)
	if err != nil {
		return err
	}
	sales, support := salesQueue(), supportQueue()
	for _, queue := range []*store.Queue{&sales, &support} {
		if err := createQueue(ctx, db, queue, agents); err != nil {
			return fmt.Errorf("queue %s: %w", queue.Name, err)
		}
	}
	trunk, err := createTrunk(ctx, db)
	if err != nil {
		return fmt.Errorf("trunk: %w", err)
	}
	lines := []store.Number{
		number(NumberSales, trunk, "Sales", dest.Queue, string(sales.ID)),
		number(NumberSupport, trunk, "Support", dest.Queue, string(support.ID)),
	}
	lines[0].DefaultPhoneNumber = true
	for i, p := range people {
		lines = append(lines, number(p.direct, trunk, p.first+" "+p.last, dest.Agent, string(agents[i])))
	}
	for i := range lines {
		if err := createNumber(ctx, db, &lines[i]); err != nil {
			return fmt.Errorf("number %s: %w", lines[i].PhoneNumber, err)
		}
	}
	for _, c := range append([]caller{friend}, callers...) {
		if err := createCustomer(ctx, db, c); err != nil {
			return fmt.Errorf("customer %s: %w", c.name, err)
		}
	}
	return db.SetSetting(ctx, mark, markWhole)
}

func salesQueue() store.Queue {
	q := store.NewQueue("Sales")
	q.EntryGreeting = prompt.Prompt{Audio: sounds.GreetingSales}
	// The greeting says that calls are recorded. A notice of its own would be played to both when the agent answers before
	// it was heard (RC-9), and the first thing a newcomer hears should be a person.
	q.RecordCall = true
	q.WrapUpSeconds = 30
	return q
}

func supportQueue() store.Queue {
	q := store.NewQueue("Support")
	q.EntryGreeting = prompt.Prompt{Audio: sounds.GreetingSupport}
	q.WrapUpSeconds = 15
	return q
}

// createQueue makes the queue unless it is there; all agents are members, and it delivers to those who work.
func createQueue(ctx context.Context, db *store.DB, queue *store.Queue, agents []id.Agent) error {
	all, err := db.AllQueues(ctx)
	if err != nil {
		return err
	}
	for _, known := range all {
		if known.Name == queue.Name {
			*queue = known
		}
	}
	if queue.ID == "" {
		if err := db.CreateQueue(ctx, queue); err != nil {
			return err
		}
	}
	if err := db.SetQueueMembers(ctx, queue.ID, agents); err != nil {
		return err
	}
	for i, agent := range agents {
		if people[i].works {
			continue
		}
		if err := db.SetQueueToggle(ctx, agent, queue.ID, false); err != nil {
			return err
		}
	}
	return nil
}

func findTrunk(ctx context.Context, db *store.DB) (*store.Trunk, error) {
	all, err := db.AllTrunks(ctx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Name == trunkName {
			return &all[i], nil
		}
	}
	return nil, store.ErrNotFound
}

func createTrunk(ctx context.Context, db *store.DB) (id.Trunk, error) {
	known, err := findTrunk(ctx, db)
	if err == nil {
		return known.ID, nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return "", err
	}
	trunk := store.NewTrunk(trunkName, store.TrunkByAddress)
	trunk.Networks, trunk.Outbound = []string{"127.0.0.1/32"}, true
	err = db.CreateTrunk(ctx, &trunk)
	return trunk.ID, err
}

func number(which tel.Number, trunk id.Trunk, label string, kind dest.Kind, target string) store.Number {
	n := store.NewNumber(which, trunk)
	n.FriendlyName = label
	n.Destination = dest.Destination{Kind: kind, Target: target}
	return n
}

func createNumber(ctx context.Context, db *store.DB, n *store.Number) error {
	_, _, err := db.FindNumber(ctx, n.PhoneNumber)
	if errors.Is(err, store.ErrNotFound) {
		return db.CreateNumber(ctx, n)
	}
	return err
}

// createCustomer makes a customer of a caller, but not of a stranger.
func createCustomer(ctx context.Context, db *store.DB, c caller) error {
	if c.name == "" {
		return nil
	}
	known, err := db.CustomersByNumber(ctx, c.number)
	if err != nil || len(known) > 0 {
		return err
	}
	return db.CreateCustomer(ctx, &store.Customer{
		Name: c.name, Company: c.company, Emails: []string{c.email}, Notes: c.notes, Language: "en",
		Phones: []store.CustomerNumber{{PhoneNumber: c.number, Label: "mobile"}},
	})
}
