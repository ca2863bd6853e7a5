package demo

import (
	"context"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"

	"parley/internal/id"
	"parley/internal/site"
	"parley/internal/store"
)

// createPeople makes the users and agents that are missing and gives the agents in the order of people.
func createPeople(ctx context.Context, db *store.DB) ([]id.Agent, error) {
	agents := make([]id.Agent, len(people))
	for i, p := range people {
		user, _, err := db.FindUser(ctx, p.email)
		if errors.Is(err, store.ErrNotFound) {
			row := store.User{Email: p.email, FirstName: p.first, LastName: p.last}
			err = db.CreateUser(ctx, &row, p.role)
			user = row.ID
		}
		if err != nil {
			return nil, fmt.Errorf("user %s: %w", p.email, err)
		}
		if agents[i], err = createAgent(ctx, db, user, p); err != nil {
			return nil, fmt.Errorf("agent %s: %w", p.email, err)
		}
	}
	return agents, nil
}

func createAgent(ctx context.Context, db *store.DB, user id.User, p person) (id.Agent, error) {
	known, err := db.AgentOf(ctx, user)
	if err == nil {
		return known.ID, nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return "", err
	}
	agent := store.NewAgent(user, p.extension)
	if p.works {
		agent.DefaultStatus = "available"
	}
	err = db.CreateAgent(ctx, &agent)
	return agent.ID, err
}

// signIns gives every user of the demo that is left a password, and says how all of them sign in.
func signIns(ctx context.Context, db *store.DB, password string) ([]User, error) {
	var users []User
	var ids []id.User
	for _, p := range people {
		user, which, err := signIn(ctx, db, p)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("user %s: %w", p.email, err)
		}
		user.Password = password
		if password == "" {
			user.Password = readable(16, 4)
		}
		users, ids = append(users, user), append(ids, which)
	}
	hashes, err := hashAll(users)
	if err != nil {
		return nil, err
	}
	for i := range users {
		row, err := db.User(ctx, ids[i])
		if err != nil {
			return nil, err
		}
		row.PasswordHash = hashes[i]
		if err := db.SetPassword(ctx, row); err != nil {
			return nil, fmt.Errorf("password of %s: %w", users[i].Email, err)
		}
	}
	return users, nil
}

// signIn is a user's sign-in but for the password; ErrNotFound when the user has left the demo or is no agent.
func signIn(ctx context.Context, db *store.DB, p person) (User, id.User, error) {
	which, _, err := db.FindUser(ctx, p.email)
	if err != nil {
		return User{}, "", err
	}
	row, err := db.User(ctx, which)
	if err != nil {
		return User{}, "", err
	}
	member, err := db.Membership(ctx, which)
	if err != nil {
		return User{}, "", err
	}
	agent, err := db.AgentOf(ctx, which)
	if err != nil {
		return User{}, "", err
	}
	user := User{Name: row.FullName(), Email: p.email, Role: member.Role, Extension: agent.Extension}
	user.SIPUsername, user.SIPPassword, err = desk(ctx, db, agent, p.sipUser)
	return user, which, err
}

// desk is the sign-in of an agent's desk phone; it is made when there is none, or when its password cannot be read.
func desk(ctx context.Context, db *store.DB, agent *store.Agent, username string) (user, password string, err error) {
	if agent.SIPUsername != "" {
		if known, broken := db.Unseal(agent.SIPPasswordSealed); broken == nil && known != "" {
			return agent.SIPUsername, known, nil
		}
		username = agent.SIPUsername
	}
	password = readable(24, 24)
	secret := []byte(username + ":" + site.Realm + ":" + password)
	older, newer := md5.Sum(secret), sha256.Sum256(secret) // both: many phones know only the older one (RFC 8760 §2.1)
	err = db.SetSIPDevice(ctx, agent.ID, store.SIPDevice{
		Username: username, HA1MD5: hex.EncodeToString(older[:]), HA1SHA256: hex.EncodeToString(newer[:]), Password: password,
	})
	return username, password, err
}

// hashAll hashes the users' passwords side by side; those of the same password share one hash.
func hashAll(users []User) ([]string, error) {
	hash := map[string]func() (string, error){}
	for _, u := range users {
		if hash[u.Password] == nil {
			hash[u.Password] = sync.OnceValues(func() (string, error) { return store.HashPassword(u.Password) })
		}
	}
	var all sync.WaitGroup
	for _, once := range hash {
		all.Go(func() { _, _ = once() }) // its error is asked for below
	}
	all.Wait()
	hashes := make([]string, len(users))
	for i, u := range users {
		var err error
		if hashes[i], err = hash[u.Password](); err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// alphabet leaves out signs that look alike.
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789"

// readable makes a secret of n random signs, five bits each, with a hyphen between groups.
func readable(n, group int) string {
	random := make([]byte, n)
	_, _ = rand.Read(random) // it never fails (crypto/rand)
	text := make([]byte, 0, n+n/group)
	for i, b := range random {
		if i > 0 && i%group == 0 {
			text = append(text, '-')
		}
		text = append(text, alphabet[int(b)%len(alphabet)])
	}
	return string(text)
}
