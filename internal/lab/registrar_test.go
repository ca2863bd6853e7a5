package lab

import (
	"crypto/md5"
	"fmt"
	"math/rand/v2"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// registrar is a carrier's registrar over UDP (RFC 3261 §10.3), written without the program's own SIP code.
type registrar struct {
	conn     *net.UDPConn
	user     string // of the digest
	password string
	expires  int // seconds that it grants

	mu      sync.Mutex // guards what follows
	nonces  map[string]bool
	answers map[string]string // by branch, for retransmissions
	kept    []registered
	refused int // wrong answers to a challenge
}

// registered is one REGISTER whose digest was right.
type registered struct {
	Contact string // URI
	Expires int    // seconds, as asked for
	CallID  string
	CSeq    int
}

const registrarRealm = "carrier.lab"

// openRegistrar serves at a free port of an address of this machine.
func openRegistrar(t *testing.T, address, user, password string, expires int) *registrar {
	t.Helper()
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.ParseIP(address)})
	if err != nil {
		t.Fatal(err)
	}
	r := &registrar{conn: conn, user: user, password: password, expires: expires, nonces: map[string]bool{}, answers: map[string]string{}}
	served := make(chan struct{})
	go func() { defer close(served); r.serve() }()
	t.Cleanup(func() { _ = conn.Close(); <-served })
	return r
}

// at is host:port of the registrar.
func (r *registrar) at() string { return r.conn.LocalAddr().String() }

// registrations lists what was accepted so far, the oldest first.
func (r *registrar) registrations() []registered {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.kept)
}

// refusals is how many digests were wrong so far.
func (r *registrar) refusals() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.refused
}

func (r *registrar) serve() {
	buf := make([]byte, 65536)
	for {
		n, from, err := r.conn.ReadFromUDP(buf)
		if err != nil {
			return
		}
		text := string(buf[:n])
		if strings.HasPrefix(text, "REGISTER ") {
			_, _ = r.conn.WriteToUDP([]byte(r.answer(text)), from)
		}
	}
}

// answer is the response to a REGISTER; what comes twice is answered alike.
func (r *registrar) answer(text string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	branch := parameter(header(text, "Via"), "branch")
	if known, ok := r.answers[branch]; ok {
		return known
	}
	res := r.decide(text)
	r.answers[branch] = res
	return res
}

func (r *registrar) decide(text string) string {
	given := header(text, "Authorization")
	if given == "" || !r.right(given) {
		if given != "" {
			r.refused++
		}
		nonce := fmt.Sprintf("%016x", rand.Uint64())
		r.nonces[nonce] = true
		return response(text, "401 Unauthorized", fmt.Sprintf(`WWW-Authenticate: Digest realm="%s", nonce="%s", algorithm=MD5, qop="auth"`, registrarRealm, nonce))
	}
	contact := strings.Trim(regexp.MustCompile(`<[^>]*>`).FindString(header(text, "Contact")), "<>")
	expires, _ := strconv.Atoi(header(text, "Expires"))
	cseq, _ := strconv.Atoi(strings.Fields(header(text, "CSeq"))[0])
	r.kept = append(r.kept, registered{Contact: contact, Expires: expires, CallID: header(text, "Call-ID"), CSeq: cseq})
	return response(text, "200 OK", fmt.Sprintf("Contact: <%s>;expires=%d", contact, min(expires, r.expires)))
}

// right tells whether the answer to a challenge shows the password (RFC 7616 §3.4.1, MD5 with qop=auth).
func (r *registrar) right(given string) bool {
	of := func(name string) string { return parameter(given, name) }
	if !r.nonces[of("nonce")] || of("username") != r.user || of("realm") != registrarRealm || of("qop") != "auth" {
		return false
	}
	secret := sum(r.user + ":" + registrarRealm + ":" + r.password)
	what := sum("REGISTER:" + of("uri"))
	return of("response") == sum(strings.Join([]string{secret, of("nonce"), of("nc"), of("cnonce"), "auth", what}, ":"))
}

func sum(text string) string { return fmt.Sprintf("%x", md5.Sum([]byte(text))) }

// response answers a request with one more header line.
func response(request, status, line string) string {
	head := []string{"SIP/2.0 " + status}
	for _, name := range []string{"Via", "From", "To", "Call-ID", "CSeq"} {
		value := header(request, name)
		if name == "To" {
			value += ";tag=registrar"
		}
		head = append(head, name+": "+value)
	}
	return strings.Join(append(head, line, "Content-Length: 0"), "\r\n") + "\r\n\r\n"
}

// header is the first header of a name; "" when there is none.
func header(text, name string) string {
	for line := range strings.SplitSeq(text, "\r\n") {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(strings.TrimSpace(key), name) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// parameter is a parameter of a header's value, without its quotes.
func parameter(value, name string) string {
	found := regexp.MustCompile(`(?:^|[;,\s])` + name + `="?([^";,\s]*)"?`).FindStringSubmatch(value)
	if found == nil {
		return ""
	}
	return found[1]
}
