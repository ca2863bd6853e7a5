package api

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

// Session is who is signed in and what the page needs to begin with.
type Session struct {
	User         SessionUser         `json:"user"`
	Role         access.Role         `json:"role" enum:"admin,supervisor,agent,none"`
	Organisation SessionOrganisation `json:"organisation"`
	Agent        *SessionAgent       `json:"agent,omitempty"`
	DeskPhone    *DeskPhone          `json:"desk_phone,omitempty"`
	Demo         bool                `json:"demo"`
	// Switches are what the user may do besides the role (PM-7).
	Switches settings.Switches `json:"switches"`
}

// SessionUser is the login.
type SessionUser struct {
	ID    id.User `json:"id"`
	Name  string  `json:"name"`
	Email string  `json:"email"`
}

// SessionOrganisation is where the user is signed in.
type SessionOrganisation struct {
	ID       id.Org `json:"id"`
	Name     string `json:"name"`
	Country  string `json:"country"`
	Timezone string `json:"timezone"`
}

// SessionAgent is the user's agent profile.
type SessionAgent struct {
	ID            id.Agent  `json:"id"`
	Extension     string    `json:"extension"`
	DefaultNumber id.Number `json:"default_number,omitempty"`
}

// DeskPhone is the SIP sign-in of the agent's desk phone.
type DeskPhone struct {
	Username string `json:"username"`
	Password string `json:"password"`
	Domain   string `json:"domain"`
	Server   string `json:"server"`
}

// sessionOutput is the session with its cookie, which lasts as long.
type sessionOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      Session
}

// request keeps what a handler must know of the request itself.
type request struct{ ctx huma.Context }

// Resolve is called by huma before the handler.
func (r *request) Resolve(ctx huma.Context) []error { r.ctx = ctx; return nil }

func (r *request) secure() bool { return r.ctx.TLS() != nil }

func (r *request) addr() netip.Addr { return addressOf(r.ctx.RemoteAddr()) }

type sessionInput struct{ request }

type signInInput struct {
	request
	Body struct {
		Email    string `json:"email" maxLength:"250"`
		Password string `json:"password" maxLength:"256"`
	}
}

type signedOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (d *doors) sessionRoutes(api huma.API) {
	route(api, http.MethodPost, "/session", access.Anyone, "Sign in", d.signIn)
	route(api, http.MethodGet, "/session", access.SignedIn, "Who is signed in", d.showSession)
	route(api, http.MethodDelete, "/session", access.SignedIn, "Sign out", d.signOut)
}

func (d *doors) signIn(ctx context.Context, in *signInInput) (*sessionOutput, error) {
	addr := in.addr()
	if d.Ban.Banned(addr, clock.Now()) {
		return nil, errBanned
	}
	org, user, hash, err := d.login(ctx, in.Body.Email)
	if err != nil {
		return nil, d.refusal(err)
	}
	ok, err := store.PasswordMatches(in.Body.Password, hash) // an unknown user costs as much time as a wrong password
	if err != nil {
		return nil, d.refusal(err)
	}
	if !ok {
		d.Ban.Failed(addr, clock.Now())
		d.Log.Warn("sign-in failed", "address", addr)
		return nil, huma.Error401Unauthorized("E-mail or password is wrong.")
	}
	if d.Ban.Banned(addr, clock.Now()) { // of many guesses at once, the one that was right comes too late
		return nil, errBanned
	}
	return d.begin(ctx, in, org, user)
}

var errBanned = huma.Error429TooManyRequests("Too many wrong tries from your address. Try again in an hour.")

// login finds who has the e-mail. The hash is empty for somebody unknown, or known at no organisation.
func (d *doors) login(ctx context.Context, email string) (id.Org, id.User, string, error) {
	user, orgs, err := d.DB.FindUser(ctx, email)
	if errors.Is(err, store.ErrNotFound) || err == nil && len(orgs) == 0 {
		return "", "", "", nil
	}
	if err != nil {
		return "", "", "", err
	}
	row, err := d.DB.User(store.WithOrg(ctx, orgs[0]), user)
	if err != nil {
		return "", "", "", err
	}
	return orgs[0], user, row.PasswordHash, nil
}

// begin opens a session and gives its cookie.
func (d *doors) begin(ctx context.Context, in *signInInput, org id.Org, user id.User) (*sessionOutput, error) {
	ctx = store.WithOrg(ctx, org)
	s := store.Session{User: user, ExpiresAt: clock.Now().Add(sessionLength), IP: in.addr().String(), UserAgent: in.ctx.Header("User-Agent")}
	token, err := d.DB.CreateSession(ctx, &s)
	if err != nil {
		return nil, d.refusal(err)
	}
	v, err := d.viewer(ctx, token)
	if err != nil {
		return nil, d.refusal(err)
	}
	return d.show(ctx, v, in.secure())
}

// sessionCookie lasts for a while by the browser's own clock, which need not be ours; it ends at once when that is below zero.
func sessionCookie(token string, secure bool, lasts time.Duration) http.Cookie {
	return http.Cookie{
		Name: cookieName, Value: token, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode, MaxAge: int(lasts.Seconds()),
	}
}

func (d *doors) showSession(ctx context.Context, in *sessionInput) (*sessionOutput, error) {
	return d.show(ctx, who(ctx), in.secure())
}

// show gives the session, and its cookie anew: a session that is used lasts longer, and so must the cookie.
func (d *doors) show(ctx context.Context, v viewer, secure bool) (*sessionOutput, error) {
	body, err := d.session(ctx, v)
	if err != nil {
		return nil, d.refusal(err)
	}
	return &sessionOutput{SetCookie: sessionCookie(v.token, secure, sessionLength), Body: body}, nil
}

func (d *doors) session(ctx context.Context, v viewer) (Session, error) {
	ctx = store.WithOrg(ctx, v.org)
	user, err := d.DB.User(ctx, v.user)
	if err != nil {
		return Session{}, err
	}
	org, err := d.DB.Organisation(ctx)
	if err != nil {
		return Session{}, err
	}
	s := Session{
		User: SessionUser{ID: user.ID, Name: user.FullName(), Email: user.Email}, Role: v.role, Demo: d.Demo != nil, Switches: d.switches(v),
		Organisation: SessionOrganisation{ID: org.ID, Name: org.Name, Country: org.Country, Timezone: org.Timezone},
	}
	if v.agent == nil {
		return s, nil
	}
	s.Agent = &SessionAgent{ID: v.agent.ID, Extension: v.agent.Extension, DefaultNumber: v.agent.DefaultNumber}
	if v.agent.SIPUsername != "" {
		password, err := d.DB.Unseal(v.agent.SIPPasswordSealed)
		if err != nil {
			return Session{}, err
		}
		phone := d.deskPhone(v.agent.SIPUsername, password)
		s.DeskPhone = &phone
	}
	return s, nil
}

type signOutInput struct {
	request
	Tab  id.Tab `query:"tab" maxLength:"100" doc:"the page's tab; its softphone, or the voice by telephone, ends"`
	Sure bool   `query:"sure" doc:"even in a call"`
}

// signOut ends the agent's work, the session and the sockets of its pages (VC-7).
func (d *doors) signOut(ctx context.Context, in *signOutInput) (*signedOut, error) {
	if err := d.endWork(ctx, in.Tab, in.Sure); err != nil {
		return nil, d.refusal(err)
	}
	if err := d.DB.DeleteSession(store.WithOrg(ctx, who(ctx).org), who(ctx).session); err != nil {
		return nil, d.refusal(err)
	}
	d.pages.signOut(who(ctx).session)
	return &signedOut{sessionCookie("", in.secure(), -time.Second)}, nil
}

// addressOf is the address of a host:port; the zero address when there is none.
func addressOf(hostPort string) netip.Addr {
	if a, err := netip.ParseAddrPort(hostPort); err == nil {
		return a.Addr().Unmap()
	}
	return netip.Addr{}
}
