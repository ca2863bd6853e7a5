package bell

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/internal/channel/sms"
	"parley/internal/store"
	"parley/internal/tel"
)

// EmergencyText sends a text message to one receiver of an emergency call. Those who hear of such calls by the bell hear of a failure, once. An
// error that is sms.ErrRefused stays.
func (b *Bell) EmergencyText(ctx context.Context, job store.Job) error {
	var e cry
	if err := json.Unmarshal(job.Content, &e); err != nil {
		return fmt.Errorf("%w: %w", sms.ErrRefused, err)
	}
	err := b.Text(ctx, job.Org, sms.Message{To: tel.Number(e.To), From: e.CallBack, Text: e.text(b.People.Place(job.Org))})
	if err == nil {
		return nil
	}
	why := strings.TrimPrefix(err.Error(), sms.ErrRefused.Error()+": ")
	log := b.Log.With("org", job.Org, "call", e.Call, "to", e.To)
	log.Warn("text message of an emergency call not sent", "why", why, "again", !errors.Is(err, sms.ErrRefused))
	b.Tell(job.Org, store.Notice{
		Kind: store.NoticeTextFailed, About: string(e.Call) + "/" + e.To, LinkKind: linkCall, LinkID: string(e.Call),
		Data: store.NoticeData{Agent: e.Name, Number: e.To, Why: why},
	}, b.People.Alarm(job.Org).Users...)
	return err
}

// text says in a few words who called for help, how to reach them and where they are; what may be cut off stands last.
func (e cry) text(place *time.Location) string {
	var text strings.Builder
	fmt.Fprintf(&text, "Emergency: %s called %s at %s.", e.Name, e.Dialled, e.At.In(place).Format("15:04 MST"))
	if e.CallBack != "" {
		fmt.Fprintf(&text, " Call back: %s.", e.CallBack)
	}
	if e.Failure != "" {
		fmt.Fprintf(&text, " The call reached nobody: %s.", e.Failure)
	}
	fmt.Fprintf(&text, " Location: %s.", cmp.Or(e.Location.Words(), "not known"))
	return text.String()
}
