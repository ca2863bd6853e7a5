package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

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
	route(api, http.MethodPost, "/session/password", access.Anyone, "Set a password by a link", d.accept)
	route(api, http.MethodPut, "/session/password", access.SignedIn, "Change the own password", d.changePassword)
}

// invite makes the link; where no mail server is set the administrator hands it on.
func (d *doors) invite(ctx context.Context, q *changeInput) (*invitedOutput, error) {
	user, err := d.DB.User(in(ctx), id.User(q.ID))
	if err != nil {
		return nil, d.refusal(err)
	}
	token, err := d.DB.Invite(in(ctx), user.ID)
	if err != nil {
		return nil, d.refusal(err)
	}
	by := actor(ctx, &q.request)
	entry := &store.AuditEntry{Actor: by.User, IP: by.IP, Action: "user invited", SubjectKind: "user", SubjectID: q.ID}
	if err := d.DB.Audit(in(ctx), entry); err != nil {
		return nil, d.refusal(err)
	}
	out := &invitedOutput{}
	out.Body.Link, out.Body.To = q.link("/welcome", url.Values{"token": {token}}), user.Email
	switch err := d.mailLink(ctx, user, out.Body.Link); {
	case err != nil:
		out.Body.Why = spoken(err.Error())
	default:
		out.Body.Mailed = true
	}
	return out, nil
}

var errNoMail = errors.New("no mail server is set: hand the link on yourself")

func (d *doors) mailLink(ctx context.Context, user *store.User, link string) error {
	if d.Mail == nil {
		return errNoMail
	}
	name := "Parley"
	if s, ok := d.Sites.Of(who(ctx).org); ok {
		name = s.Org.Name
	}
	text := fmt.Sprintf("Hello %s,\n\nset your password for %s here. The link works once, for 24 hours:\n\n%s\n", user.FirstName, name, link)
	return d.Mail(ctx, who(ctx).org, user.Email, "Your access to "+name, text)
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
