package webhook

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestSign compares with the example that the libraries of Standard Webhooks are tested by, and signs with a plain text too.
func TestSign(t *testing.T) {
	got := sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("signed %s, not %s", got, want)
	}
	if plain := sign("a plain secret", "msg", "1", nil); plain == sign("another secret", "msg", "1", nil) || !strings.HasPrefix(plain, "v1,") {
		t.Errorf("plain text: %s", plain)
	}
}

// TestSend posts to a real server and says what may be tried again.
func TestSend(t *testing.T) {
	status := http.StatusNoContent
	var body []byte
	var head http.Header
	elsewhere := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/elsewhere" {
			elsewhere++
		}
		head = r.Header
		body, _ = io.ReadAll(r.Body)
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	at := time.Unix(1614265330, 0).UTC()
	sender := Sender{Now: func() time.Time { return at }}
	event := Event{ID: "e1", Type: "queue.service_level.fell", At: at, Data: map[string]int{"percent": 40}}
	target := Target{URL: server.URL + "/hook", Secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}
	if err := sender.Send(t.Context(), target, event); err != nil {
		t.Fatal(err)
	}
	var heard struct {
		Type      string
		Timestamp time.Time
		Data      struct{ Percent int }
	}
	if err := json.Unmarshal(body, &heard); err != nil || heard.Type != event.Type || !heard.Timestamp.Equal(at) || heard.Data.Percent != 40 {
		t.Errorf("heard %s, %v", body, err)
	}
	if head.Get("webhook-id") != "e1" || head.Get("webhook-timestamp") != "1614265330" || head.Get("Content-Type") != "application/json" ||
		head.Get("webhook-signature") != sign(target.Secret, "e1", "1614265330", body) {
		t.Errorf("headers %v", head)
	}
	target.Secret = ""
	if err := sender.Send(t.Context(), target, event); err != nil || head.Get("webhook-signature") != "" {
		t.Errorf("without a secret: %v, signed %q", err, head.Get("webhook-signature"))
	}
	for code, final := range map[int]bool{400: false, 429: false, 500: false, 410: true, 302: true, 307: true} {
		status = code
		if err := sender.Send(t.Context(), target, event); err == nil || errors.Is(err, ErrRefused) != final {
			t.Errorf("%d: %v", code, err)
		}
	}
	if elsewhere > 0 {
		t.Error("was sent elsewhere")
	}
	server.Close()
	err := sender.Send(t.Context(), Target{URL: server.URL + "/hook?key=hidden"}, event)
	if err == nil || errors.Is(err, ErrRefused) || strings.Contains(err.Error(), "hidden") {
		t.Errorf("nobody there: %v", err)
	}
	for _, address := range []string{"", "ftp://example.com", "http://192.0.2.1/hook", "http://example.com/", "https://me:pass@example.com/", "https:///x", ":"} {
		if err := sender.Send(t.Context(), Target{URL: address}, event); !errors.Is(err, ErrRefused) {
			t.Errorf("%q: %v", address, err)
		}
	}
}
