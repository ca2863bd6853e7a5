package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestPagingRefused: a paging group has a number that nothing else is dialled by, and at least one user or a multicast address; an agent does not get the number of
// a group as extension (BX-28).
func TestPagingRefused(t *testing.T) {
	w := newWorld(t)
	boss := w.as("admin")
	agents, err := w.doors.DB.Shelves().Agents.All(w.ctx)
	if err != nil || len(agents) == 0 {
		t.Fatal(err)
	}
	agent := agents[0]
	for _, c := range []struct {
		name, number, users, want string
		status                    int
	}{
		{"Warehouse", "300", fmt.Sprintf("[%q]", agent.Fields.User), "", http.StatusOK},
		{"Shop", "300", fmt.Sprintf("[%q]", agent.Fields.User), "is the number of the paging group Warehouse", http.StatusUnprocessableEntity},
		{"Shop", agent.Fields.Extension, fmt.Sprintf("[%q]", agent.Fields.User), "is an agent's extension", http.StatusUnprocessableEntity},
		{"Shop", "705", fmt.Sprintf("[%q]", agent.Fields.User), "where calls are parked", http.StatusUnprocessableEntity},
		{"Shop", "112", fmt.Sprintf("[%q]", agent.Fields.User), "is an emergency number", http.StatusUnprocessableEntity},
		{"Shop", "301", "[]", "must hold at least one", http.StatusUnprocessableEntity},
		{"Shop", "30a", fmt.Sprintf("[%q]", agent.Fields.User), "2 to 6 digits", http.StatusUnprocessableEntity},
	} {
		body := fmt.Sprintf(`{"fields":{"name":%q,"page_number":%q,"users":%s}}`, c.name, c.number, c.users)
		a := boss.do(http.MethodPost, "/api/settings/paging-groups", body)
		if a.status != c.status || !strings.Contains(a.body, c.want) {
			t.Errorf("%s %s: %d %s", c.name, c.number, a.status, a.body)
		}
	}
	for _, c := range []struct {
		address string
		port    int
		want    string
		status  int
	}{
		{"", 10000, "must be a multicast address of IPv4", http.StatusUnprocessableEntity},
		{"192.0.2.1", 10000, "must be a multicast address of IPv4", http.StatusUnprocessableEntity},
		{"ff15::1", 10000, "must be a multicast address of IPv4", http.StatusUnprocessableEntity},
		{"239.255.10.1", 10001, "must be even", http.StatusUnprocessableEntity},
		{"239.255.10.1", 80, "1024", http.StatusUnprocessableEntity},
		{"239.255.10.1", 10000, "", http.StatusOK},
	} {
		body := fmt.Sprintf(`{"fields":{"name":"Yard","page_number":"302","way":"multicast","multicast_address":%q,"multicast_port":%d}}`, c.address, c.port)
		a := boss.do(http.MethodPost, "/api/settings/paging-groups", body)
		if a.status != c.status || !strings.Contains(a.body, c.want) {
			t.Errorf("%s, %d: %d %s", c.address, c.port, a.status, a.body)
		}
	}
	if a := w.as("ann").do(http.MethodPost, "/api/settings/paging-groups", `{"fields":{}}`); a.status != http.StatusForbidden {
		t.Errorf("an agent makes one: %d", a.status)
	}
	body := fmt.Sprintf(`{"version":%d,"fields":{"user":%q,"extension":"300"}}`, agent.Version, agent.Fields.User)
	a := boss.do(http.MethodPut, "/api/settings/agents/"+agent.ID, body)
	if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "is the number of the paging group Warehouse") {
		t.Errorf("an agent with its number: %d %s", a.status, a.body)
	}
}
