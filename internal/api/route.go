package api

import (
	"context"
	"errors"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/store"
)

// csrfField must stand in every request that changes something: a page of another site cannot set it (the cookie is
// SameSite=Lax besides).
const csrfField = "X-Parley"

const permissionKey = "permission"

// route registers one operation with the permission that it needs.
func route[I, O any](api huma.API, method, path string, need access.Permission, summary string, do func(context.Context, *I) (*O, error)) {
	huma.Register(api, operation(method, path, need, summary), do)
}

func operation(method, path string, need access.Permission, summary string) huma.Operation {
	op := huma.Operation{
		OperationID: operationID(method, path), Method: method, Path: path, Summary: summary,
		Metadata: map[string]any{permissionKey: need}, MaxBodyBytes: 1 << 20,
		Errors:     []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusConflict},
		Extensions: map[string]any{"x-permission": string(need)},
	}
	if need != access.Anyone {
		op.Security = []map[string][]string{{"session": {}}}
	}
	return op
}

func operationID(method, path string) string {
	words := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '{' || r == '}' })
	return strings.ToLower(method) + "-" + strings.Join(words, "-")
}

// permit checks, before any handler runs, that the request may be made: CSRF field, session, permission.
func (d *doors) permit(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		op := ctx.Operation()
		need, named := op.Metadata[permissionKey].(access.Permission)
		if !named { // a route without a permission is nobody's
			_ = huma.WriteErr(api, ctx, http.StatusForbidden, "This route names no permission.")
			return
		}
		if op.Method != http.MethodGet && ctx.Header(csrfField) == "" {
			_ = huma.WriteErr(api, ctx, http.StatusForbidden, "The request lacks the header "+csrfField+", by which Parley's own page is known.")
			return
		}
		v, err := d.viewer(ctx.Context(), cookieIn(ctx.Header("Cookie")))
		switch {
		case need == access.Anyone:
		case errors.Is(err, store.ErrNotFound):
			_ = huma.WriteErr(api, ctx, http.StatusUnauthorized, signedOutWords)
			return
		case err != nil: // a database that does not answer signs nobody out
			told := huma.StatusError(nil)
			errors.As(d.refusal(err), &told)
			_ = huma.WriteErr(api, ctx, told.GetStatus(), told.Error())
			return
		case !access.May(v.role, need):
			_ = huma.WriteErr(api, ctx, http.StatusForbidden, "Your role does not allow this.")
			return
		}
		ctx = huma.WithValue(ctx, schemasKey{}, api.OpenAPI().Components.Schemas)
		next(huma.WithValue(ctx, viewerKey{}, v))
	}
}

const signedOutWords = "You are signed out: please sign in."

// guard sets the headers that keep strangers' pages out of ours, and takes the blow of a fault.
func (d *doors) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "+
			"media-src 'self' blob:; connect-src 'self' ws: wss:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'self'")
		h.Set("Permissions-Policy", "microphone=(self), speaker-selection=(self)")
		if strings.HasPrefix(r.URL.Path, "/api/") {
			h.Set("Cache-Control", "no-store")
		}
		defer d.recover(w, r)
		next.ServeHTTP(w, r)
	})
}

// recover answers for a handler that panicked; only that request is lost.
func (d *doors) recover(w http.ResponseWriter, r *http.Request) {
	broken := recover()
	if broken == nil {
		return
	}
	if err, ok := broken.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(broken)
	}
	d.Log.Error("request broke", "method", r.Method, "path", r.URL.Path, "err", broken, "stack", string(debug.Stack()))
	problem(w, http.StatusInternalServerError, faultWords)
}

func noSuchRoute(w http.ResponseWriter, _ *http.Request) {
	problem(w, http.StatusNotFound, "There is no such route in the API.")
}
