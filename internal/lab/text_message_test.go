package lab

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"parley/internal/settings"
	"parley/internal/store"
)

// textCarrier is a carrier's SIP server over UDP that answers each text message with a status, OPTIONS with 200 and everything else with 603. It hands on
// when each message came, and the message.
type textCarrier struct {
	at    string
	heard chan textHeard
}

type textHeard struct {
	at   time.Time
	text string
}

func newTextCarrier(t *testing.T, status string) *textCarrier {
	t.Helper()
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	k := &textCarrier{at: conn.LocalAddr().String(), heard: make(chan textHeard, 100)}
	go func() {
		buf := make([]byte, 65536)
		for {
			n, from, err := conn.ReadFromUDP(buf)
			if err != nil {
				return
			}
			text, answer := string(buf[:n]), "603 Decline"
			switch method, _, _ := strings.Cut(text, " "); method {
			case "MESSAGE":
				k.heard <- textHeard{time.Now(), text}
				answer = status
			case "OPTIONS":
				answer = "200 OK"
			case "ACK":
				continue
			}
			_, _ = conn.WriteToUDP([]byte(answered(answer, text)), from)
		}
	}()
	return k
}

// answered is a response to a request, as short as it may be.
func answered(status, request string) string {
	lines := []string{"SIP/2.0 " + status}
	for line := range strings.SplitSeq(request, "\r\n") {
		switch name, _, _ := strings.Cut(line, ":"); name {
		case "Via", "From", "Call-ID", "CSeq":
			lines = append(lines, line)
		case "To":
			lines = append(lines, line+";tag=carrier")
		}
	}
	return strings.Join(append(lines, "Content-Length: 0", "", ""), "\r\n")
}

// texting gives a world trunks to these carriers, in order, which all take text messages, and has somebody told of emergency calls by one.
func texting(carriers ...*textCarrier) func(ctx context.Context, db *store.DB) error {
	return func(ctx context.Context, db *store.DB) error {
		if err := noTrunks(ctx, db); err != nil {
			return err
		}
		for i, k := range carriers {
			t := settings.New[settings.Trunk]()
			t.Name, t.TrunkKind, t.Proxy, t.Networks = []string{"Main", "Spare"}[i], "address", k.at, []string{"127.0.0.0/8"}
			t.Position, t.TextMessages = i, true
			if _, err := db.Shelves().Trunks.Create(ctx, store.Actor{}, t); err != nil {
				return err
			}
		}
		if err := helpAt(ctx, db, ""); err != nil {
			return err
		}
		all, err := db.Shelves().Org.All(ctx)
		if err != nil {
			return err
		}
		all[0].Fields.EmergencyTexts = []string{"+12025550177"}
		_, err = db.Shelves().Org.Update(ctx, store.Actor{}, all[0].ID, all[0].Version, all[0].Fields)
		return err
	}
}

// TestEmergencyIsTexted: as an agent calls for help, the carrier gets a text message for whom the settings name, with the caller, the number that
// reaches the caller and where help is to come. The first trunk refuses it, so the next one is asked; the message is there within a second of the
// dialling, by the clock of the program (BX-14, SM-2).
func TestEmergencyIsTexted(t *testing.T) {
	t.Parallel()
	refuses, takes := newTextCarrier(t, "405 Method Not Allowed"), newTextCarrier(t, "202 Accepted")
	w := Start(t, Setup{Prepare: texting(refuses, takes)})
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	which := ann.dial("911")
	var first, second textHeard
	for _, k := range []struct {
		from *textCarrier
		into *textHeard
	}{{refuses, &first}, {takes, &second}} {
		select {
		case *k.into = <-k.from.heard:
		case <-time.After(20 * time.Second):
			t.Fatal("a carrier gets no text message")
		}
	}
	for _, part := range []string{
		"MESSAGE sip:+12025550177@", "From: <sip:" + sales + "@", "Content-Type: text/plain;charset=UTF-8\r\n", "\r\n\r\nEmergency: " + named(ann) + " called 911 at ",
		"Call back: " + sales + ".", "Location: Front desk, 12 Main St, 62701 Springfield, US, floor 3.",
	} {
		if !strings.Contains(second.text, part) {
			t.Errorf("%q is not in\n%s", part, second.text)
		}
	}
	if body := func(text string) string { _, b, _ := strings.Cut(text, "\r\n\r\n"); return b }; body(first.text) != body(second.text) {
		t.Errorf("the first trunk is given another text:\n%s", first.text)
	}
	d := ann.Record(which)
	if told := second.at.Sub(d.CreatedAt); told < 0 || told > time.Second {
		t.Errorf("the text message came %s after the dialling", told)
	}
}

// TestEmergencyThatCannotBeTexted: when no trunk takes the text message, the bell of those who hear of emergency calls says so and why (BX-14).
func TestEmergencyThatCannotBeTexted(t *testing.T) {
	t.Parallel()
	w := Start(t, Setup{Prepare: texting(newTextCarrier(t, "405 Method Not Allowed"), newTextCarrier(t, "403 Forbidden"))})
	boss := sitDown(t, w, w.Person("admin", 0))
	ann := atWork(t, w, w.Person("agent", 0), agentVoice)
	which := ann.dial("911")
	Eventually(t, "the bell tells of the text message", func() bool {
		fresh := boss.Picture().Bell.New
		return fresh != nil && fresh.Kind == store.NoticeTextFailed
	})
	fresh := boss.Picture().Bell.New
	if fresh.Data.Number != "+12025550177" || fresh.Data.Agent != named(ann) || fresh.LinkID != string(which) ||
		fresh.Data.Why != "Main: it answers 405 Method Not Allowed; Spare: it answers 403 Forbidden" {
		t.Errorf("the bell tells %+v", fresh)
	}
}
