package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/store"
)

// Mail sends a mail by the organisation's server. The error says in words why it cannot.
type Mail func(ctx context.Context, org id.Org, to, subject, text string) error

type (
	invitedOutput struct {
		Body struct {
			Link   string `json:"link" doc:"by which the user sets a password; works once, for 24 hours"`
			To     string `json:"to" doc:"the user's e-mail address"`
			Mailed bool   `json:"mailed"`
			Why    string `json:"why,omitempty" doc:"why no mail went out"`
		}
	}
	acceptInput struct {
		request
		Body struct {
			Token    string `json:"token" minLength:"1" maxLength:"100"`
			Password string `json:"password" minLength:"12" maxLength:"256"`
		}
	}
	passwordInput struct {
		request
		Body struct {
			Old string `json:"old" maxLength:"256"`
			New string `json:"new" minLength:"12" maxLength:"256"`
		}
	}
)

func (d *doors) invitationRoutes(api huma.API) {
	route(api, http.MethodPost, "/settings/users/{id}/invite", access.Administrate, "Send a user the link that sets a password", d.invite)
	route(api, http.MethodPost, "/settings/users/{id}/reset", access.Administrate, "Send a user a link for a new password", d.reset)
	route(api, http.MethodPost, "/session/password", access.Anyone, "Set a password by a link", d.accept)
	route(api, http.MethodPut, "/session/password", access.SignedIn, "Change the own password", d.changePassword)
}

// letter is what a mail with a link for a password says; %s is what the house is called.
type letter struct{ action, subject, text string }

var (
	welcomeLetter = letter{"user invited", "Your access to %s", "you have access to %s now. Set your password here"}
	resetLetter   = letter{"user password reset sent", "A new password for %s", "set a new password for %s here"}
)

func (d *doors) invite(ctx context.Context, q *changeInput) (*invitedOutput, error) {
	out, err := d.sendLink(ctx, &q.request, q.ID, welcomeLetter)
	return out, d.refusal(err)
}

func (d *doors) reset(ctx context.Context, q *changeInput) (*invitedOutput, error) {
	out, err := d.sendLink(ctx, &q.request, q.ID, resetLetter)
	return out, d.refusal(err)
}

// welcomePatience bounds how long a new user's mail keeps the administrator waiting.
const welcomePatience = 10 * time.Second

// welcome mails a new user the link (US-2). Where that fails the user is there all the same, and can be invited again.
func (d *doors) welcome(ctx context.Context, from *request, which string) {
	ctx, cancel := context.WithTimeout(ctx, welcomePatience)
	defer cancel()
	out, err := d.sendLink(ctx, from, which, welcomeLetter)
	if err != nil || !out.Body.Mailed {
		d.Log.Info("welcome mail not sent", "user", which, "err", err)
	}
}

// sendLink makes the link; where no mail server is set the administrator hands it on.
func (d *doors) sendLink(ctx context.Context, from *request, which string, l letter) (*invitedOutput, error) {
	user, err := d.DB.User(in(ctx), id.User(which))
	if err != nil {
		return nil, err
	}
	token, err := d.DB.Invite(in(ctx), user.ID)
	if err != nil {
		return nil, err
	}
	by := actor(ctx, from)
	entry := &store.AuditEntry{Actor: by.User, IP: by.IP, Action: l.action, SubjectKind: "user", SubjectID: which}
	if err := d.DB.Audit(in(ctx), entry); err != nil {
		return nil, err
	}
	out := &invitedOutput{}
	out.Body.Link, out.Body.To = from.link("/welcome", url.Values{"token": {token}}), user.Email
	switch err := d.mailLink(ctx, user, out.Body.Link, l); {
	case err != nil:
		out.Body.Why = spoken(err.Error())
	default:
		out.Body.Mailed = true
	}
	return out, nil
}

var errNoMail = errors.New("no mail server is set: hand the link on yourself")

func (d *doors) mailLink(ctx context.Context, user *store.User, link string, l letter) error {
	if d.Mail == nil {
		return errNoMail
	}
	name := "Parley"
	if s, ok := d.Sites.Of(who(ctx).org); ok {
		name = s.Org.Name
	}
	text := fmt.Sprintf("Hello %s,\n\n%s. The link works once, for 24 hours:\n\n%s\n", user.FirstName, fmt.Sprintf(l.text, name), link)
	return d.Mail(ctx, who(ctx).org, user.Email, fmt.Sprintf(l.subject, name), text)
}

// link is an address of the web app, as the one who asks has it.
func (r *request) link(path string, query url.Values) string {
	scheme := "http"
	if r.secure() {
		scheme = "https"
	}
	return (&url.URL{Scheme: scheme, Host: r.ctx.Host(), Path: path, RawQuery: query.Encode()}).String()
}

func (d *doors) accept(ctx context.Context, q *acceptInput) (*struct{}, error) {
	org, err := d.DB.FindInvitation(ctx, q.Body.Token)
	if errors.Is(err, store.ErrNotFound) {
		return nil, huma.Error404NotFound("This link has been used or is over. Ask an administrator for another one.")
	}
	if err != nil {
		return nil, d.refusal(err)
	}
	hash, err := store.HashPassword(q.Body.Password)
	if err != nil {
		return nil, d.refusal(err)
	}
	return nil, d.refusal(d.DB.Accept(store.WithOrg(ctx, org), q.Body.Token, hash))
}

// changePassword wants the old one, and leaves this session alone signed in.
func (d *doors) changePassword(ctx context.Context, q *passwordInput) (*struct{}, error) {
	v := who(ctx)
	user, err := d.DB.User(in(ctx), v.user)
	if err != nil {
		return nil, d.refusal(err)
	}
	if ok, err := store.PasswordMatches(q.Body.Old, user.PasswordHash); err != nil || !ok {
		return nil, huma.Error403Forbidden("The old password is not right.")
	}
	if user.PasswordHash, err = store.HashPassword(q.Body.New); err != nil {
		return nil, d.refusal(err)
	}
	if err := d.DB.SetPassword(in(ctx), user); err != nil {
		return nil, d.refusal(err)
	}
	return nil, d.refusal(d.DB.DeleteSessionsOf(in(ctx), v.user, v.session))
}
