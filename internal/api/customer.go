package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/store"
	"parley/internal/tel"
)

// Customer is who is calling, for the screen pop.
type Customer struct {
	ID        id.Customer     `json:"id"`
	Name      string          `json:"name"`
	Company   string          `json:"company,omitempty"`
	Emails    []string        `json:"emails"`
	Phones    []CustomerPhone `json:"phones"`
	Notes     string          `json:"notes,omitempty"`
	LastCalls []CallRow       `json:"last_calls"`
}

// CustomerPhone is one number of a customer.
type CustomerPhone struct {
	Number tel.Number `json:"number"`
	Label  string     `json:"label,omitempty"`
}

// CustomerPage is a list of customers.
type CustomerPage struct {
	Items []Customer `json:"items"`
}

type customerInput struct {
	ID id.Customer `path:"id" maxLength:"100"`
}

type customersInput struct {
	Number string `query:"number" required:"true" maxLength:"50"`
}

type customerOutput struct{ Body Customer }

type customersOutput struct{ Body CustomerPage }

// lastCalls is how many of a customer's calls the card shows.
const lastCalls = 5

func (d *doors) customerRoutes(api huma.API) {
	route(api, http.MethodGet, "/customers", access.UsePhone, "Customers with a number", d.findCustomers)
	route(api, http.MethodGet, "/customers/{id}", access.UsePhone, "One customer", d.showCustomer)
}

func (d *doors) findCustomers(ctx context.Context, i *customersInput) (*customersOutput, error) {
	out := &customersOutput{Body: CustomerPage{Items: []Customer{}}}
	found, err := d.withNumber(ctx, i.Number)
	if err != nil {
		return nil, d.refusal(err)
	}
	for i := range found {
		one, err := d.customerCard(ctx, &found[i])
		if err != nil {
			return nil, d.refusal(err)
		}
		out.Body.Items = append(out.Body.Items, one)
	}
	return out, nil
}

// withNumber looks customers up; what is no number is nobody's number.
func (d *doors) withNumber(ctx context.Context, typed string) ([]store.Customer, error) {
	if number, err := tel.ParseNumber(typed, d.country(ctx)); err == nil {
		return d.DB.CustomersByNumber(in(ctx), number)
	}
	return []store.Customer{}, nil
}

func (d *doors) country(ctx context.Context) string {
	if s, ok := d.Sites.Of(who(ctx).org); ok {
		return s.Org.Country
	}
	return "US"
}

func (d *doors) showCustomer(ctx context.Context, i *customerInput) (*customerOutput, error) {
	one, err := d.customer(ctx, i.ID)
	if err != nil {
		return nil, d.refusal(err)
	}
	return &customerOutput{one}, nil
}

func (d *doors) customer(ctx context.Context, which id.Customer) (Customer, error) {
	row, err := d.DB.Customer(in(ctx), which)
	if err != nil {
		return Customer{}, err
	}
	return d.customerCard(ctx, row)
}

// customerCard adds the last calls that the viewer may see.
func (d *doors) customerCard(ctx context.Context, row *store.Customer) (Customer, error) {
	c := Customer{
		ID: row.ID, Name: row.Name, Company: row.Company, Emails: row.Emails, Phones: []CustomerPhone{}, Notes: row.Notes, LastCalls: []CallRow{},
	}
	if c.Emails == nil {
		c.Emails = []string{}
	}
	for _, p := range row.Phones {
		c.Phones = append(c.Phones, CustomerPhone{Number: p.PhoneNumber, Label: p.Label})
	}
	page, err := d.DB.Calls(in(ctx), store.CallFilter{Customer: row.ID}, d.scope(ctx), store.Range{Limit: lastCalls})
	if err != nil {
		return Customer{}, err
	}
	for i := range page.Rows {
		c.LastCalls = append(c.LastCalls, d.row(&page.Rows[i]))
	}
	return c, d.withRecordings(ctx, c.LastCalls)
}
