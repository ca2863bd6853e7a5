package api

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/clock"
	"parley/internal/store"
	"parley/internal/tel"
)

// setupLock lets one first run through at a time, so that of many clicks only one costs a password's hash; which one wins
// is the store's to say.
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

func errSetUp() error {
	return huma.Error409Conflict("This installation is set up already. Sign in instead.")
}

func (d *doors) setUp(ctx context.Context, in *setupInput) (*struct{}, error) {
	addr := in.addr()
	if d.Ban.Banned(addr, clock.Now()) {
		return nil, errBanned
	}
	d.setup.Lock()
	defer d.setup.Unlock()
	needed, err := d.setupNeeded(ctx)
	if err != nil {
		return nil, d.refusal(err)
	}
	if !needed {
		return nil, errSetUp()
	}
	if d.SetupCode == "" || subtle.ConstantTimeCompare([]byte(strings.TrimSpace(in.Body.Code)), []byte(d.SetupCode)) != 1 {
		d.Ban.Failed(addr, clock.Now())
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
	firstName, lastName, _ := strings.Cut(strings.TrimSpace(in.Body.Name), " ")
	extension := firstExtension()
	first := store.First{
		Organisation:  store.NewOrganisation(in.Body.Organisation, "US"),
		Administrator: store.User{Email: in.Body.Email, FirstName: firstName, LastName: lastName, PasswordHash: hash},
		Agent:         store.NewAgent("", extension),
		Phone:         phoneSignIn("phone-" + extension),
	}
	err = d.DB.CreateFirst(ctx, &first)
	if taken := (*store.TakenError)(nil); errors.As(err, &taken) && taken.Field == "organisation" {
		return errSetUp() // by another process, since we looked
	}
	if err != nil {
		return err
	}
	return d.Changed(store.WithOrg(ctx, first.Organisation.ID), first.Organisation.ID)
}

// firstExtension is the lowest that is no emergency number anywhere, as nobody has said yet in which country this is: in Belgium
// 100 is the fire brigade.
func firstExtension() string {
	n := store.FirstExtension
	for tel.EmergencySomewhere(strconv.Itoa(n)) {
		n++
	}
	return strconv.Itoa(n)
}
