package bench

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/sip"
	"parley/internal/site"
	"parley/internal/store"
	"parley/internal/tel"
)

// member is one agent of the measured call centre, with a number of his or her own.
type member struct {
	agent              id.Agent
	number             tel.Number
	username, password string // of the desk phone
	session            string // token of an open session
}

// The numbers of the queues.
const (
	queueNumber    tel.Number = "+12025553999" // its only member is the first of the crew
	recordedNumber tel.Number = "+12025553998" // the whole crew answers, and calls are recorded
	musicNumber    tel.Number = "+12025553997" // its member never works, so callers wait
)

// sessionTime is how long the crew's sessions last: longer than any run.
const sessionTime = 24 * time.Hour

// furnish adds a crew and its queues to the data folder of a server that does not run. The demo's four agents would be too
// few for a hundred calls a second. The first of them have desk phones, and the others are: one more with a desk phone for
// whom nothing else is to do, one who never works, and those whose phone is a browser.
func furnish(ctx context.Context, dir string, desks, pages int) ([]member, error) {
	db, err := store.Open(ctx, store.Config{Dir: dir})
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	orgs, err := db.OrganisationIDs(ctx)
	if err != nil {
		return nil, err
	}
	if len(orgs) != 1 {
		return nil, fmt.Errorf("the demo has %d organisations, not one", len(orgs))
	}
	ctx = store.WithOrg(ctx, orgs[0])
	trunks, err := db.AllTrunks(ctx)
	if err != nil {
		return nil, err
	}
	if len(trunks) == 0 {
		return nil, fmt.Errorf("the demo's trunk: %w", store.ErrNotFound)
	}
	crew := make([]member, desks+2+pages)
	for n := range crew {
		if crew[n], err = hire(ctx, db, n); err != nil {
			return nil, err
		}
		if err := connect(ctx, db, trunks[0].ID, crew[n].number, dest.Agent, string(crew[n].agent)); err != nil {
			return nil, err
		}
	}
	for _, q := range []struct {
		name    string
		number  tel.Number
		members []member
		record  bool
	}{
		{"Bench", queueNumber, crew[:1], false},
		{"Recorded", recordedNumber, crew[:desks], true},
		{"Music", musicNumber, crew[desks+1 : desks+2], false},
	} {
		queue := store.NewQueue(q.name)
		queue.WrapUpSeconds, queue.RecordCall = 0, q.record
		if err := open(ctx, db, queue, q.members, trunks[0].ID, q.number); err != nil {
			return nil, err
		}
	}
	return crew, nil
}

// open makes a queue with its members and its number.
func open(ctx context.Context, db *store.DB, queue store.Queue, members []member, trunk id.Trunk, number tel.Number) error {
	if err := db.CreateQueue(ctx, &queue); err != nil {
		return err
	}
	var agents []id.Agent
	for _, m := range members {
		agents = append(agents, m.agent)
	}
	if err := db.SetQueueMembers(ctx, queue.ID, agents); err != nil {
		return err
	}
	return connect(ctx, db, trunk, number, dest.Queue, string(queue.ID))
}

// hire makes one agent with a desk phone and an open session.
func hire(ctx context.Context, db *store.DB, n int) (member, error) {
	m := member{
		number: tel.Number(fmt.Sprintf("+1202555%04d", 2000+n)), username: fmt.Sprintf("bench-%d", n), password: rand.Text(),
	}
	user := store.User{Email: m.username + "@bench.parley", FirstName: "Bench", LastName: fmt.Sprint(n)}
	if err := db.CreateUser(ctx, &user, store.RoleAgent); err != nil {
		return m, err
	}
	agent := store.NewAgent(user.ID, fmt.Sprint(2000+n))
	agent.DefaultStatus = "available"
	if err := db.CreateAgent(ctx, &agent); err != nil {
		return m, err
	}
	m.agent = agent.ID
	device := store.SIPDevice{Username: m.username, Password: m.password}
	device.HA1MD5, device.HA1SHA256 = sip.HA1(m.username, site.Realm, m.password)
	if err := db.SetSIPDevice(ctx, agent.ID, device); err != nil {
		return m, err
	}
	session := store.Session{User: user.ID, ExpiresAt: time.Now().Add(sessionTime), IP: "127.0.0.1", UserAgent: "parley bench"}
	var err error
	m.session, err = db.CreateSession(ctx, &session)
	return m, err
}

func connect(ctx context.Context, db *store.DB, trunk id.Trunk, from tel.Number, kind dest.Kind, to string) error {
	n := store.NewNumber(from, trunk)
	n.Destination = dest.Destination{Kind: kind, Target: to}
	return db.CreateNumber(ctx, &n)
}
