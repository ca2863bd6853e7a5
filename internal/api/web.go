package api

import (
	"io/fs"
	"net"
	"net/http"
	"path"
	"strings"
)

// webApp serves the built page; every address that is no file is the page itself, which routes by itself.
func (d *doors) webApp() http.Handler {
	files := http.FileServerFS(d.Web)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		info, err := fs.Stat(d.Web, name)
		if name == "" || err != nil || info.IsDir() {
			if strings.HasPrefix(name, "assets/") {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Cache-Control", "no-cache")
			http.ServeFileFS(w, r, d.Web, "index.html")
			return
		}
		if strings.HasPrefix(name, "assets/") { // names carry a hash of the content
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		files.ServeHTTP(w, r)
	})
}

// health answers probes: 200 when calls can be taken, else 503 and why.
func (d *doors) health(w http.ResponseWriter, r *http.Request) {
	if err := d.Ready(r.Context()); err != nil {
		problem(w, http.StatusServiceUnavailable, spoken(err.Error()))
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

func hostOf(hostPort string) string {
	host, _, err := net.SplitHostPort(hostPort)
	if err != nil {
		return hostPort
	}
	return host
}
