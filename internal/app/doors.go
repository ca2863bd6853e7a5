package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"parley/internal/api"
	"parley/internal/rtc"
	"parley/internal/sip"
	"parley/web"
)

// openDoors opens HTTP, HTTPS and TURN.
func (a *App) openDoors() error {
	files, err := web.Files()
	if err != nil {
		return err
	}
	var secure net.Listener
	if secure, a.listener, err = a.listenWeb(); err != nil {
		return err
	}
	if err := a.openRelay(secure); err != nil {
		return err
	}
	handler := api.New(api.Config{
		DB: a.db, Blobs: a.blobs, Sites: a.sites, Exchange: a.exchange, Dispatch: a.dispatch, Live: a.hub, Guards: a.guards, RTC: a.rtc,
		Ban: sip.NewBan(), Log: a.log, Web: files, Version: a.version, SetupCode: a.setupCode, Changed: a.changed,
		SIPServer: a.sipServer(), Demo: a.demo, Metrics: a.metrics(), Ready: a.ready, TURN: a.turnPorts(), Sound: a.rooms,
		Audio:     audio{a.blobs, a.speech},
		Mail:      a.mail,
		Voicemail: a.voicemail,
		Bell:      a.bell,
		Calendars: a.calendars,
		TryTrunk:  a.sip.TryTrunk,
		Books:     a.books,
		Picked:    a.picked,
		Retention: a.retention,
	})
	base, shut := context.WithCancel(a.ctx)
	a.shut = shut
	a.http = a.serveWeb(base, a.plainDoor(handler), a.listener)
	if a.doorway != nil {
		a.https = a.serveWeb(base, withTLS(handler), a.doorway.web)
	}
	if a.certificates != nil && a.certificates.ask != nil {
		go a.certificates.ask() // the authority may take minutes, and nothing waits for it
	}
	return nil
}

// listenWeb takes the ports of HTTP and HTTPS.
func (a *App) listenWeb() (turn, plain net.Listener, err error) {
	plain, err = (&net.ListenConfig{}).Listen(a.ctx, "tcp", a.HTTP)
	if err != nil {
		return nil, nil, portError("--http", a.HTTP, err)
	}
	if off(a.HTTPS) {
		return nil, plain, nil
	}
	listener, err := (&net.ListenConfig{}).Listen(a.ctx, "tcp", a.HTTPS)
	if err != nil {
		_ = plain.Close()
		return nil, nil, portError("--https", a.HTTPS, err)
	}
	a.doorway = openDoorway(listener, a.certificates.web(), a.log)
	return a.doorway.turn, plain, nil
}

// openRelay opens TURN when there is a door for it.
func (a *App) openRelay(secure net.Listener) error {
	at := a.TURN
	if off(at) {
		at = ""
	}
	if at == "" && secure == nil {
		return nil
	}
	if err := a.rtc.OpenRelay(rtc.RelayConfig{Listen: at, Secure: secure}); err != nil {
		return portError("--turn", a.TURN, err)
	}
	return nil
}

// turnPorts are what pages are told of the relay.
func (a *App) turnPorts() api.TURNPorts {
	ports := api.TURNPorts{Plain: a.rtc.RelayAddr().Port()}
	if a.doorway != nil {
		ports.Secure = portOf(a.doorway.listener.Addr())
	}
	return ports
}

func (a *App) serveWeb(base context.Context, handler http.Handler, on net.Listener) *http.Server {
	s := &http.Server{
		Handler: handler, BaseContext: func(net.Listener) context.Context { return base }, ConnContext: keepTLS,
		ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
	}
	go func() {
		if err := s.Serve(on); !errors.Is(err, http.ErrServerClosed) {
			a.failed <- fmt.Errorf("web server: %w", err)
		}
	}()
	return s
}

// plainDoor is what HTTP without TLS gives: everything to this machine itself; others are sent to HTTPS where they can
// reach it, for browsers give no microphone and we give no session cookie to a page that others may read. ACME's
// challenges are answered to anybody.
func (a *App) plainDoor(handler http.Handler) http.Handler {
	if a.doorway != nil {
		handler = sendToHTTPS(handler, a.doorway.listener.Addr())
	}
	if a.certificates != nil && a.certificates.challenge != nil {
		return a.certificates.challenge(handler)
	}
	return handler
}

func sendToHTTPS(handler http.Handler, https net.Addr) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if fromHere(r) || forProbes(r) || !reaches(r, https) {
			handler.ServeHTTP(w, r)
			return
		}
		// Not for ever: who switches HTTPS off again must not have it remembered by every browser.
		http.Redirect(w, r, "https://"+secureHost(r.Host, portOf(https))+r.URL.RequestURI(), http.StatusTemporaryRedirect)
	})
}

func fromHere(r *http.Request) bool {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && at.Addr().Unmap().IsLoopback()
}

// forProbes are the paths that load balancers and Prometheus ask for: nobody signs in there.
func forProbes(r *http.Request) bool { return r.URL.Path == "/healthz" || r.URL.Path == "/metrics" }

// reaches tells whether HTTPS listens at the address by which the request came.
func reaches(r *http.Request, https net.Addr) bool {
	listens, err := netip.ParseAddrPort(https.String())
	if err != nil || listens.Addr().IsUnspecified() {
		return true
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return false
	}
	came, err := netip.ParseAddrPort(local.String())
	return err == nil && came.Addr().Unmap() == listens.Addr().Unmap()
}

// secureHost is the host of a request with the port of HTTPS.
func secureHost(host string, port uint16) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	if port == 443 && strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	if port == 443 {
		return host
	}
	return net.JoinHostPort(host, strconv.Itoa(int(port)))
}

func portOf(a net.Addr) uint16 {
	at, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return 0
	}
	return at.Port()
}
