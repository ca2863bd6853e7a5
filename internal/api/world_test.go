package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"parley/internal/acd"
	"parley/internal/bell"
	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/dispatch"
	"parley/internal/figures"
	"parley/internal/guard"
	"parley/internal/id"
	"parley/internal/jobs"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/owner"
	"parley/internal/playback"
	"parley/internal/presence"
	"parley/internal/retention"
	"parley/internal/rtc"
	"parley/internal/sip"
	"parley/internal/site"
	"parley/internal/store"
	"parley/internal/testdb"
	"parley/internal/voicemail"
)

const password = "correct horse battery"

var hash = sync.OnceValues(func() (string, error) { return store.HashPassword(password) })

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is a Parley behind its doors: real store, machines and wires, on loopback.
type world struct {
	t      *testing.T
	ctx    context.Context // of the organisation, once there is one
	doors  *doors
	server *httptest.Server
	org    id.Org
	users  map[string]id.User
	agents map[string]id.Agent
	queues map[string]id.Queue
}

// bare is an installation that nobody has set up yet.
func bare(t *testing.T) *world {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	db, err := store.Open(ctx, store.Config{Dir: t.TempDir(), URL: testdb.New(t)})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(ctx))
	blobs, err := store.OpenBlobs(t.TempDir())
	check(t, err)
	t.Cleanup(func() { _ = blobs.Close() })
	w := &world{t: t, ctx: ctx, users: map[string]id.User{}, agents: map[string]id.Agent{}, queues: map[string]id.Queue{}}
	w.doors = &doors{recheck: 20 * time.Millisecond, Config: Config{
		DB: db, Blobs: blobs, Audio: studio{blobs}, Sites: &site.Sites{DB: db}, Live: live.New(), Ban: sip.NewBan(), Log: slog.New(slog.DiscardHandler),
		Version: "1.2.3", SetupCode: "ABCD1234", SIPServer: "192.0.2.5:5060", Ready: func(context.Context) error { return nil },
		Web: fstest.MapFS{
			"index.html":     {Data: []byte("<title>the page</title>")},
			"assets/a-1.js":  {Data: []byte("let a")},
			"favicon.ico":    {Data: []byte("icon")},
			"assets/nothing": {Mode: 0o755 | 1<<31},
		},
		Metrics: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "metrics") }),
	}}
	w.doors.Voicemail = voicemail.New(voicemail.Config{
		DB: db, Shelf: playback.Shelf{DB: db, Blobs: blobs}, Log: w.doors.Log, Waiting: func() {}, Show: w.show,
	})
	w.doors.Bell = bell.New(ctx, bell.Config{DB: db, Screens: w.doors.Live, Log: w.doors.Log})
	rings := make(chan struct{})
	go func() { w.doors.Bell.Run(ctx); close(rings) }()
	t.Cleanup(func() { cancel(); <-rings })
	w.doors.Retention = &retention.Keeper{DB: db, Log: w.doors.Log}
	w.doors.Books = &figures.Books{DB: db, Sites: w.doors.Sites, Log: w.doors.Log, Now: time.Now}
	w.doors.Calendars = &jobs.Calendars{DB: db, Orgs: func() []id.Org { return nil }, Log: w.doors.Log, Changed: w.changed}
	w.wires(ctx)
	w.doors.Changed, w.doors.Picked = w.changed, w.picked
	w.server = httptest.NewServer(w.doors.handler())
	t.Cleanup(w.server.Close)
	return w
}

// quiet takes what calls ask of the sound, forgetful what they ask of the journal; these tests want nothing of either.
type (
	quiet     struct{ callcontrol.Sound }
	forgetful struct{ callcontrol.Journal }
	untold    struct{}
)

func (quiet) Arrange(id.Call, []call.Hearing)                     {}
func (quiet) Record(time.Time, id.Call, id.Org, call.Record)      {}
func (quiet) ChangeRecording(id.Call, call.ChangeRecording)       {}
func (quiet) EndRecording(id.Call, call.EndRecording)             {}
func (quiet) Close(id.Call)                                       {}
func (forgetful) Save(id.Org, owner.Address, []byte)              {}
func (forgetful) Remove(id.Org, owner.Address)                    {}
func (forgetful) CallEvents(*call.Call, time.Time, []call.Event)  {}
func (forgetful) CallSettled(*call.Call)                          {}
func (untold) StatusChanged(time.Time, id.Org, acd.StatusChanged) {}
func (untold) OutcomeChosen(time.Time, id.Org, acd.OutcomeChosen) {}

func (w *world) wires(ctx context.Context) {
	d := w.doors
	sound, err := media.Open(media.Config{Bind: netip.MustParseAddr("127.0.0.1"), First: 22300, Last: 22399})
	check(w.t, err)
	w.t.Cleanup(sound.Close)
	d.Guards = guard.New(ctx, guard.Config{DB: d.DB, Screens: d.Live, Log: d.Log})
	w.t.Cleanup(func() { check(w.t, d.Guards.Close(context.WithoutCancel(ctx))) })
	d.Sites.Guard = d.Guards
	directory, network := owner.NewDirectory(), &callcontrol.Network{Peers: d.Sites}
	d.Exchange = callcontrol.New(ctx, callcontrol.Config{
		Wires: network, Sound: quiet{}, Plans: d.Sites, Journal: forgetful{}, Screens: d.Live, Directory: directory, Log: d.Log,
		Slots: slots,
	})
	network.Gone = d.Exchange.Gone
	network.SIP, err = sip.Open(sip.Config{Listen: "127.0.0.1:0", Media: sound, Directory: d.Sites}, d.Exchange)
	check(w.t, err)
	w.t.Cleanup(func() { network.SIP.Close(context.WithoutCancel(ctx)) })
	d.TryTrunk = network.SIP.TryTrunk
	d.RTC, err = rtc.Open(rtc.Config{Listen: "127.0.0.1:0", Media: sound, Log: d.Log}, callcontrol.Browsers{Exchange: d.Exchange})
	check(w.t, err)
	w.t.Cleanup(d.RTC.Close)
	network.RTC = d.RTC
	d.Dispatch = dispatch.New(ctx, dispatch.Config{
		Directory: directory, Screens: d.Live, Statuses: untold{}, Log: d.Log,
		Rebuild: func(org id.Org) []acd.Signal {
			s, _ := d.Sites.Of(org)
			return []acd.Signal{s.ACD(time.Now())}
		},
		Stand: d.Exchange.Stand,
		Hours: func(id.Org, time.Time) ([]acd.Hours, time.Time) { return nil, time.Time{} },
	})
}

// changed does what app does with a changed configuration.
func (w *world) changed(ctx context.Context, org id.Org) error {
	s, err := w.doors.Sites.Reload(ctx, org)
	if err != nil {
		return err
	}
	picture := live.Site{Location: s.Location, Presence: s.Presence, Picks: w.doors.Sites.Picks(org), HideSupervision: s.Records.Org.HideWatch}
	for _, q := range s.Queues {
		picture.Queues = append(picture.Queues, live.SiteQueue{ID: q.ID, Name: q.Name, Members: s.Members[q.ID]})
	}
	var seats []callcontrol.Seat
	for _, a := range s.Agents {
		picture.People = append(picture.People, live.SitePerson{User: a.User, Agent: a.ID, Name: a.FullName, Extension: a.Extension})
		picture.Agents = append(picture.Agents, live.SiteAgent{ID: a.ID, Name: a.FullName, Extension: a.Extension})
		seats = append(seats, callcontrol.Seat{Agent: a.ID, Org: org})
	}
	w.doors.Live.Configure(org, picture)
	if err := w.doors.Guards.Configure(ctx, org, s.Tolls()); err != nil {
		return err
	}
	w.doors.Exchange.Seats(seats)
	w.doors.Dispatch.Open(org)
	return w.doors.Voicemail.Reload(store.WithOrg(ctx, org))
}

// picked does what app does with a presence.
func (w *world) picked(ctx context.Context, org id.Org, user id.User, own presence.Own) error {
	if err := w.doors.Sites.SetPresence(ctx, org, user, own); err != nil {
		return err
	}
	w.doors.Live.PresenceChanged(org, user, own)
	return nil
}

// show does what app does with counts of messages.
func (w *world) show(org id.Org, all []voicemail.Counted) {
	list := make([]live.SiteMailbox, len(all))
	for i, m := range all {
		list[i] = live.SiteMailbox{ID: m.ID, Name: m.Name, Unheard: m.New, Agents: m.Agents}
	}
	w.doors.Live.Mailboxes(org, list)
}

// newWorld is an organisation with a user of every role. Ann and the supervisor are in Sales, Bob is in Support.
func newWorld(t *testing.T) *world {
	w := bare(t)
	org := store.NewOrganisation("Acme", "BE")
	check(t, w.doors.DB.CreateOrganisation(w.ctx, &org))
	w.org, w.ctx = org.ID, store.WithOrg(w.ctx, org.ID)
	for i, name := range []string{"admin", "supervisor", "ann", "bob", "none"} {
		w.user(name, 200+i)
	}
	for name, members := range map[string][]id.Agent{"Sales": {w.agents["ann"], w.agents["supervisor"]}, "Support": {w.agents["bob"]}} {
		q := store.NewQueue(name)
		check(t, w.doors.DB.CreateQueue(w.ctx, &q))
		check(t, w.doors.DB.SetQueueMembers(w.ctx, q.ID, members))
		w.queues[name] = q.ID
	}
	check(t, w.changed(w.ctx, w.org))
	return w
}

func (w *world) user(name string, extension int) {
	role := store.Role(name)
	if name == "ann" || name == "bob" {
		role = store.RoleAgent
	}
	secret, err := hash()
	check(w.t, err)
	u := store.User{Email: name + "@example.com", FirstName: strings.ToUpper(name[:1]) + name[1:], LastName: "Ash", PasswordHash: secret}
	check(w.t, w.doors.DB.CreateUser(w.ctx, &u, role))
	w.users[name] = u.ID
	if name == "none" {
		return
	}
	a := store.NewAgent(u.ID, fmt.Sprint(extension))
	check(w.t, w.doors.DB.CreateAgent(w.ctx, &a))
	check(w.t, w.doors.DB.SetSIPDevice(w.ctx, a.ID, store.SIPDevice{Username: "sip-" + name, Password: "desk phone secret"}))
	w.agents[name] = a.ID
}

// client is a browser, with the cookie of somebody's session or without.
type client struct {
	w    *world
	http *http.Client
}

func (w *world) client() *client {
	jar, err := cookiejar.New(nil)
	check(w.t, err)
	return &client{w: w, http: &http.Client{Jar: jar, CheckRedirect: soundOnly}}
}

// soundOnly lets a client be led to the sound of a recording as a browser is, and nowhere else.
func soundOnly(to *http.Request, _ []*http.Request) error {
	if strings.HasPrefix(to.URL.Path, "/api/recordings/") {
		return nil
	}
	return http.ErrUseLastResponse
}

// as is a browser in which a user is signed in.
func (w *world) as(name string) *client { return w.holding(w.token(name)) }

func (w *world) token(name string) string {
	token, err := w.doors.DB.CreateSession(w.ctx, &store.Session{User: w.users[name], ExpiresAt: time.Now().Add(time.Hour)})
	check(w.t, err)
	return token
}

func (w *world) holding(token string) *client {
	c := w.client()
	request, _ := http.NewRequest(http.MethodGet, w.server.URL, nil)
	c.http.Jar.SetCookies(request.URL, []*http.Cookie{{Name: cookieName, Value: token, Path: "/"}})
	return c
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// detail is the sentence of a problem; a problem without one is a failed test.
func (a answer) detail(t *testing.T) string {
	t.Helper()
	var p struct {
		Status        int
		Title, Detail string
	}
	if err := json.Unmarshal([]byte(a.body), &p); err != nil || a.header.Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%d is no problem of RFC 9457: %s %s", a.status, a.header.Get("Content-Type"), a.body)
	}
	if p.Status != a.status || p.Title == "" || len(p.Detail) < 10 || !strings.HasSuffix(p.Detail, ".") || p.Detail[0] < 'A' || p.Detail[0] > 'Z' {
		t.Errorf("no problem for people: %s", a.body)
	}
	return p.Detail
}

func (c *client) do(method, path, body string, header ...string) answer {
	c.w.t.Helper()
	request, err := http.NewRequest(method, c.w.server.URL+path, strings.NewReader(body))
	check(c.w.t, err)
	if method != http.MethodGet {
		request.Header.Set(csrfField, "1")
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
		if header[i+1] == "" {
			request.Header.Del(header[i])
		}
	}
	response, err := c.http.Do(request)
	check(c.w.t, err)
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	check(c.w.t, err)
	return answer{response.StatusCode, response.Header, string(data)}
}

func (c *client) get(path string) answer { c.w.t.Helper(); return c.do(http.MethodGet, path, "") }

func (c *client) post(path, body string) answer {
	c.w.t.Helper()
	return c.do(http.MethodPost, path, body)
}

// read decodes a 200.
func read[T any](t *testing.T, a answer) T {
	t.Helper()
	var v T
	if a.status != http.StatusOK {
		t.Fatalf("%d: %s", a.status, a.body)
	}
	check(t, json.Unmarshal([]byte(a.body), &v))
	return v
}
