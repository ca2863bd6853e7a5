package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/store"
)

const cookieName = "parley_session"

// sessionLength is how long an unused session lasts; a used one is moved on. Agents stay signed in for a working day.
const sessionLength = 14 * time.Hour

// viewer is who makes a request.
type viewer struct {
	org     id.Org
	user    id.User
	session id.Session
	token   string
	role    access.Role
	agent   *store.Agent // nil when the user is no agent
}

// sees tells whether v may see just what other may.
func (v viewer) sees(other viewer) bool {
	return v.role == other.role && (v.agent == nil) == (other.agent == nil) && (v.agent == nil || v.agent.ID == other.agent.ID)
}

type viewerKey struct{}

// as is the context of what a viewer does.
func as(ctx context.Context, v viewer) context.Context { return context.WithValue(ctx, viewerKey{}, v) }

// who is the viewer that permit has found. It is only asked in routes that need a session.
func who(ctx context.Context) viewer {
	v, _ := ctx.Value(viewerKey{}).(viewer)
	return v
}

// in is the context of the viewer's organisation.
func in(ctx context.Context) context.Context { return store.WithOrg(ctx, who(ctx).org) }

// agentOf is the viewer's agent, or the refusal of a user who has none.
func agentOf(ctx context.Context) (*store.Agent, error) {
	if a := who(ctx).agent; a != nil {
		return a, nil
	}
	return nil, huma.Error403Forbidden("You have no agent profile, so you have no phone. Ask an administrator for one.")
}

// viewer finds who holds a session's token.
func (d *doors) viewer(ctx context.Context, token string) (viewer, error) {
	if token == "" {
		return viewer{}, store.ErrNotFound
	}
	org, session, err := d.DB.FindSession(ctx, token)
	if err != nil {
		return viewer{}, err
	}
	ctx = store.WithOrg(ctx, org)
	row, err := d.DB.Session(ctx, session)
	if err != nil {
		return viewer{}, err
	}
	v, err := d.person(ctx, row.User)
	if err != nil {
		return viewer{}, err
	}
	if now := clock.Now(); now.Sub(row.LastSeenAt) > time.Minute {
		if err := d.DB.TouchSession(ctx, session, now.Add(sessionLength)); err != nil {
			return viewer{}, err
		}
	}
	v.session, v.token = session, token
	return v, nil
}

// person is what a user of the context's organisation may see now, signed in or not.
func (d *doors) person(ctx context.Context, user id.User) (viewer, error) {
	org, err := store.OrgOf(ctx)
	if err != nil {
		return viewer{}, err
	}
	m, err := d.DB.Membership(ctx, user)
	if err != nil {
		return viewer{}, err
	}
	v := viewer{org: org, user: user, role: access.Role(m.Role)}
	a, err := d.DB.AgentOf(ctx, user)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return viewer{}, err
	}
	if err == nil && a.Active {
		v.agent = a
	}
	return v, nil
}

// cookieIn finds the session's token in a Cookie header.
func cookieIn(header string) string {
	cookies, err := http.ParseCookie(header)
	if err != nil {
		return ""
	}
	for _, c := range cookies {
		if c.Name == cookieName {
			return c.Value
		}
	}
	return ""
}
