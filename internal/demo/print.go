package demo

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/netip"
	"text/tabwriter"
)

// Addresses is where the demo listens, as people enter it.
type Addresses struct {
	HTTP string // URL of the web app
	SIP  string // host:port
}

// reachable is the address in which "every address" is this machine.
func (a Addresses) reachable() (hostport, host string) {
	host, port, err := net.SplitHostPort(a.SIP)
	if err != nil {
		return a.SIP, a.SIP
	}
	if addr, err := netip.ParseAddr(host); host == "" || err == nil && addr.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), host
}

// Banner tells a newcomer how to sign in and how to call. The passwords appear nowhere else.
func Banner(w io.Writer, s *Seeded, at Addresses) error {
	server, _ := at.reachable()
	out := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	fmt.Fprintf(out, "\nParley is ready: %s\n\n", at.HTTP)
	fmt.Fprintln(out, "Sign in as\tE-mail\tPassword\tRole\tExtension")
	for _, u := range s.Users {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", u.Name, u.Email, u.Password, u.Role, u.Extension)
	}
	fmt.Fprintln(out, "\nCall in with a SIP program on this machine, without an account")
	for _, n := range s.Numbers {
		fmt.Fprintf(out, "%s\tsip:%s@%s\n", n.Label, n.Number, server)
	}
	fmt.Fprintf(out, "\nDesk phone of\tUser name\tPassword\tServer\n")
	for _, u := range s.Users {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", u.Name, u.SIPUsername, u.SIPPassword, server)
	}
	fmt.Fprintln(out, "\nPress Start on the page, then Ring me. Stop with Ctrl-C.")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("print the demo's sign-ins: %w", err)
	}
	return nil
}

type readyLine struct {
	HTTP    string      `json:"http"`
	SIP     string      `json:"sip"`
	Numbers []string    `json:"numbers"`
	Users   []readyUser `json:"users"`
}

type readyUser struct {
	Email       string `json:"email"`
	Password    string `json:"password"`
	Role        string `json:"role"`
	Extension   string `json:"extension"`
	SIPUsername string `json:"sip_username"`
	SIPPassword string `json:"sip_password"`
	SIPDomain   string `json:"sip_domain"`
}

// Ready prints the one line of `parley demo --json`, for programs that wait until calls are taken.
func Ready(w io.Writer, s *Seeded, at Addresses) error {
	server, domain := at.reachable()
	line := readyLine{HTTP: at.HTTP, SIP: server, Numbers: []string{}, Users: []readyUser{}}
	for _, n := range s.Numbers {
		line.Numbers = append(line.Numbers, string(n.Number))
	}
	for _, u := range s.Users {
		line.Users = append(line.Users, readyUser{
			Email: u.Email, Password: u.Password, Role: string(u.Role), Extension: u.Extension,
			SIPUsername: u.SIPUsername, SIPPassword: u.SIPPassword, SIPDomain: domain,
		})
	}
	if err := json.NewEncoder(w).Encode(line); err != nil {
		return fmt.Errorf("print the demo's sign-ins: %w", err)
	}
	return nil
}
