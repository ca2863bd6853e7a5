// Package api is the door for people and programs: HTTP described by OpenAPI 3.1, and one WebSocket.
package api

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"parley/internal/bell"
	"parley/internal/callcontrol"
	"parley/internal/dispatch"
	"parley/internal/figures"
	"parley/internal/guard"
	"parley/internal/id"
	"parley/internal/jobs"
	"parley/internal/live"
	"parley/internal/presence"
	"parley/internal/retention"
	"parley/internal/rtc"
	"parley/internal/sip"
	"parley/internal/site"
	"parley/internal/store"
	"parley/internal/voicemail"
)

// Config is what the doors are made of.
type Config struct {
	DB       *store.DB
	Blobs    *store.Blobs
	Sites    *site.Sites
	Exchange *callcontrol.Exchange
	Dispatch *dispatch.Dispatch
	Live     *live.Hub
	Guards   *guard.Guards
	RTC      *rtc.Server
	Sound    Sound
	Audio    Audio
	Mail     Mail // nil: no mail is sent
	// Bell keeps the notices.
	Bell *bell.Bell
	// Voicemail keeps the mailboxes.
	Voicemail *voicemail.Office
	Ban       *sip.Ban
	Log       *slog.Logger
	Web       fs.FS // the built web app
	Version   string
	// SetupCode is what the first-run page asks for; empty when nothing is to be set up.
	SetupCode string
	// Changed makes a changed configuration act.
	Changed func(ctx context.Context, org id.Org) error
	// TryTrunk asks a trunk once whether calls can go by it.
	TryTrunk func(ctx context.Context, trunk sip.Trunk) sip.TrunkTest
	// Books holds the figures of days.
	Books *figures.Books
	// Picked stores what a user has picked as presence, makes it act and shows it.
	Picked func(ctx context.Context, org id.Org, user id.User, own presence.Own) error
	// Retention deletes what was kept long enough.
	Retention *retention.Keeper
	// Calendars reads the calendars of time ranges.
	Calendars *jobs.Calendars
	// SIPServer is where desk phones register: host:port as people enter it.
	SIPServer string
	// TURN is where the relay for browsers listens.
	TURN TURNPorts
	// Demo is set in the demo only.
	Demo Demo
	// Metrics serves /metrics.
	Metrics http.Handler
	// Ready tells whether calls can be taken; nil error is yes.
	Ready func(ctx context.Context) error
}

// Sound tells how the sound of a call that lives goes now: what each of its legs hears, stage by stage.
type Sound interface {
	Paths(which id.Call) map[id.Leg]string
}

// Demo places calls for a newcomer.
type Demo interface {
	// RingMe places a call from the carrier in the box to the agent.
	RingMe(ctx context.Context, org id.Org, agent id.Agent) error
	// Callers lets so many callers ring the demo's queues, 1 to 20.
	Callers(ctx context.Context, org id.Org, count int) error
}

type doors struct {
	Config
	setup     setupLock
	pages     pages
	unfolding sync.Mutex
	recheck   time.Duration // how often an open page's session is looked at again
}

// New gives the handler of everything that is served over HTTP.
func New(c Config) http.Handler {
	d := &doors{Config: c, recheck: time.Minute}
	return d.handler()
}

func (d *doors) handler() http.Handler {
	mux := http.NewServeMux()
	d.describe(mux)
	mux.HandleFunc("GET /api/live", d.liveSocket)
	mux.HandleFunc("GET /api/recordings/{id}/audio", d.recordingAudio)
	mux.HandleFunc("GET /api/recordings/{id}/sound/{token}", d.recordingSound)
	mux.HandleFunc("GET /api/agents/{id}/image", d.agentImage)
	mux.HandleFunc("GET /api/audio/{id}/sound", d.audioSound)
	mux.HandleFunc("GET /api/voicemail/sound/{token}", d.messageSound)
	mux.HandleFunc("GET /healthz", d.health)
	if d.Metrics != nil {
		mux.Handle("GET /metrics", d.Metrics)
	}
	mux.Handle("/api/", http.HandlerFunc(noSuchRoute))
	mux.Handle("/", d.webApp())
	return d.guard(mux)
}

// describe registers every described route on mux and gives the description.
func (d *doors) describe(mux *http.ServeMux) huma.API {
	config := huma.DefaultConfig("Parley", d.Version)
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/openapi", "", ""
	config.CreateHooks = nil // no $schema links in bodies
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.Info.Description = "Everything the interface does. Errors are RFC 9457 problems whose detail is one sentence for people."
	config.Servers = []*huma.Server{{URL: "/api"}}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: cookieName},
	}
	api := humago.NewWithPrefix(mux, "/api", config)
	api.UseMiddleware(d.permit(api))
	for _, add := range []func(huma.API){
		d.sessionRoutes, d.setupRoutes, d.stationRoutes, d.voiceRoutes, d.statusRoutes, d.offerRoutes, d.callRoutes, d.transferRoutes,
		d.announcementRoutes,
		d.historyRoutes,
		d.deskPhoneRoutes,
		d.recordingRoutes,
		d.accessRoutes,
		d.tagRoutes,
		d.leadRoutes,
		d.customerRoutes,
		d.listRoutes,
		d.demoRoutes,
		d.settingsRoutes,
		d.trunkTestRoutes,
		d.audioRoutes,
		d.voicemailRoutes,
		d.dropRoutes,
		d.invitationRoutes,
		d.voiceModeRoutes,
		d.dialingRoutes,
		d.callbackRoutes,
		d.routingRoutes,
		d.toggleRoutes,
		d.workforceRoutes,
		d.presenceRoutes,
		d.favouriteRoutes,
		d.noticeRoutes,
		d.serviceLevelRoutes,
		d.retentionRoutes,
		d.superviseRoutes, d.watchRoutes,
		d.callNoteRoutes,
		d.waitingRoutes,
		d.ownRoutes,
		d.imageRoutes,
		d.whereaboutsRoutes,
	} {
		add(api)
	}
	// The socket's messages are no routes; their types belong to the description all the same.
	for _, message := range []any{
		live.Snapshot{}, live.Ring{}, live.Gone{}, live.Updated{}, live.TakenOver{}, live.RenewVoice{}, live.Override{}, live.Lock{}, live.Unlocked{},
		live.Bell{}, live.Freed{}, live.Help{},
	} {
		api.OpenAPI().Components.Schemas.Schema(reflect.TypeOf(message), true, "")
	}
	return api
}

// schemaName names a type in the description. What administrators set is told from what the screens see of it.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	if strings.HasSuffix(t.PkgPath(), "/settings") {
		return "Setting" + name
	}
	return name
}

// Description is the OpenAPI 3.1 document as JSON, for the types of the web app.
func Description(version string) ([]byte, error) {
	d := &doors{Config: Config{Version: version}}
	return d.describe(http.NewServeMux()).OpenAPI().MarshalJSON()
}
