package api

import (
	"context"
	"crypto/subtle"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/store"
)

// setupLock lets only one first run through.
type setupLock struct{ sync.Mutex }

type setupState struct {
	Body struct {
		Needed bool `json:"needed"`
	}
}

type setupInput struct {
	request
	Body struct {
		Code         string `json:"code" doc:"as printed on the console" maxLength:"100"`
		Organisation string `json:"organisation" minLength:"1" maxLength:"100"`
		Name         string `json:"name" minLength:"1" maxLength:"100"`
		Email        string `json:"email" format:"email" maxLength:"250"`
		Password     string `json:"password" minLength:"12" maxLength:"256"`
	}
}

func (d *doors) setupRoutes(api huma.API) {
	route(api, http.MethodGet, "/setup", access.Anyone, "Whether the first run is due", d.showSetup)
	route(api, http.MethodPost, "/setup", access.Anyone, "Make the first organisation and its administrator", d.setUp)
}

func (d *doors) showSetup(ctx context.Context, _ *struct{}) (*setupState, error) {
	needed, err := d.setupNeeded(ctx)
	out := &setupState{}
	out.Body.Needed = needed
	return out, d.refusal(err)
}

func (d *doors) setupNeeded(ctx context.Context) (bool, error) {
	all, err := d.DB.OrganisationIDs(ctx)
	return len(all) == 0, err
}

func (d *doors) setUp(ctx context.Context, in *setupInput) (*struct{}, error) {
	addr := in.addr()
	if d.Ban.Banned(addr, time.Now()) {
		return nil, errBanned
	}
	d.setup.Lock()
	defer d.setup.Unlock()
	needed, err := d.setupNeeded(ctx)
	if err != nil {
		return nil, d.refusal(err)
	}
	if !needed {
		return nil, huma.Error409Conflict("This installation is set up already. Sign in instead.")
	}
	if d.SetupCode == "" || subtle.ConstantTimeCompare([]byte(strings.TrimSpace(in.Body.Code)), []byte(d.SetupCode)) != 1 {
		d.Ban.Failed(addr, time.Now())
		return nil, huma.Error403Forbidden("The code is wrong. It is printed on the console where Parley was started.")
	}
	return nil, d.refusal(d.makeFirst(ctx, in))
}

// makeFirst makes the organisation and its administrator, who is an agent too so that a first call can ring.
func (d *doors) makeFirst(ctx context.Context, in *setupInput) error {
	hash, err := store.HashPassword(in.Body.Password)
	if err != nil {
		return err
	}
	org := store.NewOrganisation(in.Body.Organisation, "US")
	if err := d.DB.CreateOrganisation(ctx, &org); err != nil {
		return err
	}
	ctx = store.WithOrg(ctx, org.ID)
	first, last, _ := strings.Cut(strings.TrimSpace(in.Body.Name), " ")
	user := store.User{Email: in.Body.Email, FirstName: first, LastName: last, PasswordHash: hash}
	if err := d.DB.CreateUser(ctx, &user, store.Role(access.Admin)); err != nil {
		return err
	}
	extension, err := d.DB.NextExtension(ctx)
	if err != nil {
		return err
	}
	agent := store.NewAgent(user.ID, extension)
	if err := d.DB.CreateAgent(ctx, &agent); err != nil {
		return err
	}
	return d.Changed(ctx, org.ID)
}
