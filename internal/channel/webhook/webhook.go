// Package webhook tells other programs of events: a signed POST of JSON, by the Standard Webhooks specification 1.0.
package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// ErrRefused means that it is of no use to send this event to this address again.
var ErrRefused = errors.New("webhook is refused")

// Event is what is told. The same event has the same ID however often it is sent.
type Event struct {
	ID   string    `json:"-"`
	Type string    `json:"type"` // such as "queue.service_level.fell"
	At   time.Time `json:"timestamp"`
	Data any       `json:"data"`
}

// Target is who is told. Secret is "whsec_" and base64, or any text; without one the request is not signed.
type Target struct {
	URL    string
	Secret string
}

// Sender sends events. The zero value trusts the certificates that the system trusts.
type Sender struct {
	Client *http.Client
	Now    func() time.Time // nil is time.Now
}

// patience bounds one attempt; an answer is not read beyond mostRead bytes.
const (
	patience = 15 * time.Second
	mostRead = 64 << 10
)

// Send makes one attempt; any answer 2xx means that the event was taken. An error that is no ErrRefused may be gone later.
func (s Sender) Send(ctx context.Context, to Target, e Event) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request, err := s.request(ctx, to, e)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	answer, err := s.client().Do(request)
	if err != nil {
		return fmt.Errorf("webhook: %w", unwrapped(err))
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, mostRead)) // so that the connection may be used again
	switch {
	case answer.StatusCode/100 == 2:
		return nil
	case answer.StatusCode == http.StatusGone, answer.StatusCode/100 == 3:
		return fmt.Errorf("%w: the server answers %s", ErrRefused, answer.Status)
	}
	return fmt.Errorf("webhook: the server answers %s", answer.Status)
}

func (s Sender) request(ctx context.Context, to Target, e Event) (*http.Request, error) {
	if err := allowed(to.URL); err != nil {
		return nil, err
	}
	body, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to.URL, bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("the address cannot be read")
	}
	now := time.Now
	if s.Now != nil {
		now = s.Now
	}
	at := strconv.FormatInt(now().Unix(), 10)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "Parley")
	request.Header.Set("webhook-id", e.ID)
	request.Header.Set("webhook-timestamp", at)
	if to.Secret != "" {
		request.Header.Set("webhook-signature", sign(to.Secret, e.ID, at, body))
	}
	return request, nil
}

// sign gives the signature of version 1: HMAC-SHA256 over id, time in seconds and body, joined by dots.
func sign(secret, id, at string, body []byte) string {
	key := []byte(secret)
	if coded, is := strings.CutPrefix(secret, "whsec_"); is {
		if plain, err := base64.StdEncoding.DecodeString(coded); err == nil {
			key = plain
		}
	}
	sum := hmac.New(sha256.New, key)
	_, _ = fmt.Fprintf(sum, "%s.%s.%s", id, at, body)
	return "v1," + base64.StdEncoding.EncodeToString(sum.Sum(nil))
}

// allowed lets https through, and plain http to this machine, as settings.Queue does.
func allowed(address string) error {
	at, err := url.Parse(address)
	if err != nil || at.Host == "" || at.User != nil {
		return errors.New("the address cannot be read")
	}
	ip, err := netip.ParseAddr(at.Hostname())
	if at.Scheme == "https" || at.Scheme == "http" && (at.Hostname() == "localhost" || err == nil && ip.IsLoopback()) {
		return nil
	}
	return errors.New("only addresses that begin with https:// are told")
}

// client follows nobody elsewhere: what is signed is for one receiver.
func (s Sender) client() *http.Client {
	made := http.Client{}
	if s.Client != nil {
		made = *s.Client
	}
	made.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &made
}

// unwrapped leaves the address out, which may hold a secret of the receiver and would stand in the log.
func unwrapped(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
