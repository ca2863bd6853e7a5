package app

import (
	"context"
	"errors"

	"parley/internal/channel/email"
	"parley/internal/id"
	"parley/internal/store"
)

var errNoMailServer = errors.New("no mail server is set in the settings of the organisation: hand the link on yourself")

// mail sends one mail by an organisation's server while somebody waits for it.
func (a *App) mail(ctx context.Context, org id.Org, to, subject, text string) error {
	return a.post(ctx, org, email.Message{ID: id.New[string](), To: to, Subject: subject, Text: text})
}

// post hands a mail to an organisation's server.
func (a *App) post(ctx context.Context, org id.Org, m email.Message) error {
	ctx = store.WithOrg(ctx, org)
	house, err := a.db.Organisation(ctx)
	if err != nil {
		return err
	}
	set, err := house.Settings()
	if err != nil {
		return err
	}
	if set.SMTP.Host == "" {
		return errNoMailServer
	}
	password, err := a.db.Unseal(house.SMTPSealed)
	if err != nil {
		return err
	}
	server := email.Server{
		Host: set.SMTP.Host, Security: set.SMTP.Security, Username: set.SMTP.Username, Password: password, From: set.SMTP.From,
	}
	return email.Sender{}.Send(ctx, server, m)
}
