package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"parley/internal/api"
	"parley/internal/bell"
	"parley/internal/callcontrol"
	"parley/internal/codec"
	"parley/internal/dispatch"
	"parley/internal/figures"
	"parley/internal/guard"
	"parley/internal/jobs"
	"parley/internal/live"
	"parley/internal/media"
	"parley/internal/owner"
	"parley/internal/retention"
	"parley/internal/rtc"
	"parley/internal/sip"
	"parley/internal/site"
	"parley/internal/store"
	"parley/internal/voicemail"
)

// App is a running Parley.
type App struct {
	Settings
	log          *slog.Logger
	db           *store.DB
	blobs        *store.Blobs
	commit       *store.GroupCommit
	sites        *site.Sites
	hub          *live.Hub
	bell         *bell.Bell
	guards       *guard.Guards
	media        *media.Engine
	directory    *owner.Directory
	exchange     *callcontrol.Exchange
	keeper       *callcontrol.Keeper
	rooms        *callcontrol.Rooms
	dispatch     *dispatch.Dispatch
	calendars    *jobs.Calendars
	sealing      *sealing
	jobs         *jobs.Runner
	books        *figures.Books
	retention    *retention.Keeper
	voicemail    *voicemail.Office
	mediaKeys    *mediaKeys
	speech       *speech
	library      *library
	sip          *sip.Server
	rtc          *rtc.Server
	http         *http.Server
	https        *http.Server
	listener     net.Listener
	doorway      *doorway      // nil without HTTPS
	certificates *certificates // nil when nothing is over TLS
	demo         api.Demo
	box          *box // of `parley demo` only
	setupCode    string
	version      string

	began  time.Time
	ctx    context.Context
	cancel context.CancelFunc
	shut   context.CancelFunc // ends the sockets of pages, which a web server that is shut down leaves open
	work   sync.WaitGroup
	failed chan error // a part that stopped by itself
}

func (a *App) openStore(ctx context.Context) error {
	db, err := openDB(ctx, a.Settings)
	if err != nil {
		return err
	}
	a.db = db
	a.warnOfOpenKey()
	if a.blobs, err = store.OpenBlobs(filepath.Join(a.Data, "blobs")); err != nil {
		return fmt.Errorf("open the folder for recordings in --data %s: %w", a.Data, err)
	}
	a.commit = db.StartGroupCommit(store.GroupCommitConfig{
		Failed: func(err error) {
			a.log.Error("database does not take what is to be kept; it is tried again", "err", err)
		},
	})
	a.sites = &site.Sites{DB: db}
	a.calendars = &jobs.Calendars{DB: db, Orgs: a.orgs, Changed: a.changed, Log: a.log}
	return nil
}

func (a *App) openSound() error {
	if err := a.checkDisk(); err != nil {
		return err
	}
	first, last, err := a.ports()
	if err != nil {
		return err
	}
	host, err := a.host()
	if err != nil {
		return err
	}
	// One processor more than there are cores: while goroutines compute on all of them, sound finds one free at once and
	// the system decides, where Go would let it wait for the end of a time slice of 10 ms.
	workers := runtime.NumCPU()
	runtime.GOMAXPROCS(runtime.NumCPU() + 1)
	a.media, err = media.Open(media.Config{Bind: host, First: first, Last: last, Workers: workers, Log: a.log})
	if err != nil {
		return portError("--rtp", a.RTP, err)
	}
	return nil
}

// openCalls makes what decides and carries out; the wires are opened after it, since they speak to it.
func (a *App) openCalls() *callcontrol.Network {
	a.hub, a.directory = live.New(), owner.NewDirectory()
	a.openBell()
	a.guards = guard.New(a.ctx, guard.Config{DB: a.db, Screens: guardScreens{a.hub, a.bell}, Log: a.log})
	a.sites.Guard, a.sites.Down, a.sites.Press = a.guards, a.trunkDown, a.press
	a.keeper = &callcontrol.Keeper{Commit: a.commit, Names: a.sites, Log: a.log, Mailroom: mailroom{a}}
	a.mediaKeys = newMediaKeys(a.db, a.log)
	sounds := newLibrary(a.log, a.speech)
	sounds.file = a.audioPath
	a.library = sounds
	a.rooms = &callcontrol.Rooms{
		Engine: a.media, Library: sounds, Log: a.log,
		Files: recordings{blobs: a.blobs, keys: a.mediaKeys, full: a.DiskFull},
	}
	casts := &callcontrol.Casts{Engine: a.media, Log: a.log}
	network := &callcontrol.Network{Peers: a.sites, Casts: casts}
	a.exchange = callcontrol.New(a.ctx, callcontrol.Config{
		Wires: network, Sound: localRooms{ownMusic{a.rooms, a.holdAudio}, a.home}, Plans: a.sites, DialIns: a.sites, Spending: a.guards,
		Journal: a.keeper, Directory: a.directory, Screens: screens{a.hub, a.guards, a.bell}, Emergency: a.sites.Emergency,
		Log: a.log, Transcripts: filepath.Join(a.Data, "transcripts"), Mailboxes: mailboxes{a},
		Slots: a.slots, MayPickUp: a.mayPickUp, Typed: a.sites.Typed,
		LeaveOutside: a.sites.LeaveOutside,
	})
	a.openVoicemail()
	a.openFigures()
	a.openAlerts()
	a.sealing = newSealing(a.db, a.blobs, a.mediaKeys, a.orgs)
	a.rooms.Tell, network.Gone = a.sealing.hearing(a.exchange.Tell), a.exchange.Gone
	casts.Happened = a.exchange.Happened
	a.dispatch = dispatch.New(a.ctx, dispatch.Config{
		Directory: a.directory, Screens: acdScreens{a.hub, a.bell}, Statuses: statuses{a.commit, a.sites}, Log: a.log,
		Rebuild: a.rebuild, Stand: a.stand, Hours: a.hours,
		CallBack: a.callBack, Callbacks: callbacks{a}, HandleTimes: a.handleTimes, WorkEnded: statuses{commit: a.commit}.workEnded,
	})
	return network
}

// codecs are those of SIP, the best first: G.711 needs no transcoding towards trunks and browsers, whatever a phone would
// rather speak.
var codecs = sip.Codecs{codec.PCMU, codec.PCMA, codec.G722, codec.Opus}

func (a *App) openWires(network *callcontrol.Network) error {
	public, err := a.public()
	if err != nil {
		return err
	}
	var secure *tls.Config
	if !off(a.SIPS) {
		secure = a.certificates.tls
	}
	a.sip, err = sip.Open(sip.Config{
		ListenTLS: a.SIPS, TLS: secure,
		Listen: a.SIP, Public: public, Media: a.media, Directory: a.sites, Log: a.log, UserAgent: "Parley/" + a.version,
		Journal: a.exchange.LegKept, Codecs: codecs,
	}, a.exchange)
	if err != nil {
		if strings.HasPrefix(err.Error(), "SIP port "+a.SIPS+"/tls") {
			return portError("--sips", a.SIPS, err)
		}
		return portError("--sip", a.SIP, err)
	}
	network.SIP = a.sip
	prefers := rtc.Preference(a.Codec)
	if !prefers.Known() {
		return fmt.Errorf("--browser-codec %s is none of auto, opus, g711", a.Codec)
	}
	a.rtc, err = rtc.Open(rtc.Config{
		Listen: a.RTC, Public: public, Prefers: prefers, Media: a.media, Log: a.log,
	}, callcontrol.Browsers{Exchange: a.exchange})
	if err != nil {
		return portError("--rtc", a.RTC, err)
	}
	network.RTC = a.rtc
	return nil
}

// portError names the flag of an address or ports that cannot be listened on.
func portError(flag, addr string, err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s %s is taken by another program: choose another with %s", flag, addr, flag)
	}
	return fmt.Errorf("%s %s: %w", flag, addr, err)
}

// sipServer is what people enter in a desk phone: the public address if there is one.
func (a *App) sipServer() string {
	at := a.sip.Addr()
	if public, err := a.public(); err == nil && public.IsValid() {
		at = netip.AddrPortFrom(public, at.Port())
	}
	return at.String()
}

// ready tells whether calls can be taken.
func (a *App) ready(ctx context.Context) error {
	if a.exchange.Draining() {
		return errors.New("the system is being stopped")
	}
	if err := a.db.Ping(ctx); err != nil {
		return errors.New("the database does not answer")
	}
	return nil
}
