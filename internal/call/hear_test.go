package call

import (
	"fmt"
	"strings"
	"testing"

	"parley/internal/prompt"
	"parley/internal/treatment"
)

// TestHearings says who hears whom for every flag that a party can have. A line reads "who<-whom"; a hearer without a
// source hears silence.
func TestHearings(t *testing.T) {
	customer := func(change func(*Party)) Party {
		return changed(Party{ID: "p1", Kind: Customer, State: Joined, Leg: "cust", Device: "trunk", Own: true, Up: true}, change)
	}
	agent := func(change func(*Party)) Party {
		return changed(Party{ID: "p2", Kind: Agent, State: Joined, Agent: "ann", Leg: "page", Device: "browser", Up: true}, change)
	}
	phone := func(p *Party) { p.Leg, p.Device, p.Own = "phone", "desk_phone", true }
	jazz := &Queue{HoldAudio: "jazz", RecordingNotice: prompt.Prompt{Audio: "recorded"}}
	for _, c := range []struct {
		name string
		call Call
		want string
	}{
		{"nobody", Call{}, ""},
		{"one caller who is not answered", Call{Parties: []Party{customer(func(p *Party) { p.State, p.Up = Dialling, false })}}, ""},
		{"a caller in a menu", Call{Treatment: inMenu, Parties: []Party{customer(nil)}}, "cust<-treat:menu:1"},
		{"a caller who waits", Call{Treatment: waiting, Parties: []Party{customer(nil)}}, "cust<-jazz"},
		{"a caller who may key now", Call{Treatment: silence, Parties: []Party{customer(nil)}}, "cust<-"},
		{"a caller who waits, and an agent who is whispered to", Call{
			Treatment: waiting, Whispering: "ann", Queue: jazz, Parties: []Party{customer(nil), agent(nil)},
		}, "cust<-jazz page<-whisper"},
		{"a caller whose agent rings", Call{Ringback: true, Parties: []Party{customer(nil)}}, "cust<-ringback"},
		{"two who talk", Call{Parties: []Party{customer(nil), agent(nil)}}, "cust<-page page<-cust"},
		{"a held customer", Call{Parties: []Party{customer(held), agent(nil)}}, "cust<-default page<-"},
		{"a held customer of a queue", Call{Queue: jazz, Parties: []Party{customer(held), agent(nil)}}, "cust<-jazz page<-"},
		{"a held agent", Call{Parties: []Party{customer(nil), agent(held)}}, "cust<- page<-default"},
		{"a muted agent", Call{Parties: []Party{customer(nil), agent(muted)}}, "cust<- page<-cust"},
		{"a silent page", Call{Parties: []Party{customer(nil), agent(silent)}}, "cust<-default page<-cust"},
		{"a silent page that is muted", Call{Parties: []Party{customer(nil), agent(func(p *Party) { muted(p); silent(p) })}}, "cust<- page<-cust"},
		{"a silent customer", Call{Parties: []Party{customer(silent), agent(nil)}}, "cust<-page page<-cust"},
		{"a silent desk phone", Call{Parties: []Party{customer(nil), agent(func(p *Party) { phone(p); silent(p) })}}, "cust<-phone phone<-cust"},
		{"an agent whose leg has ended", Call{Parties: []Party{customer(nil), agent(func(p *Party) { p.Closed = true })}}, ""},
		{"an agent who has left", Call{Parties: []Party{customer(nil), agent(func(p *Party) { p.State = Gone })}}, ""},
		{"a page that dials", Call{Parties: []Party{customer(dialled), agent(waits)}}, ""},
		{"a page that hears it ring", Call{Ringback: true, Parties: []Party{customer(dialled), agent(waits)}}, "page<-ringback"},
		{"a page that hears early media", Call{Ringback: true, Parties: []Party{customer(early), agent(waits)}}, "page<-cust"},
		{"a desk phone that dials", Call{Ringback: true, Parties: []Party{customer(dialled), agent(func(p *Party) { phone(p); dialled(p) })}}, ""},
		{"a desk phone that hears early media", Call{Parties: []Party{customer(early), agent(func(p *Party) { phone(p); early(p) })}}, "phone<-cust"},
		{"the recording notice", Call{Announcing: true, Queue: jazz, Parties: []Party{customer(nil), agent(nil)}}, "cust<-notice page<-notice"},
		{"the recording notice in a hold", Call{Announcing: true, Queue: jazz, Parties: []Party{customer(held), agent(nil)}}, "cust<-notice page<-notice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, h := range hearings(&c.call, nil) {
				got = append(got, fmt.Sprintf("%s<-%s%s%s%s", h.Leg, h.From, h.Hold, h.Tone, h.Tag))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

var (
	inMenu = treatment.Treatment{
		Menu: &treatment.Menu{}, Playing: []prompt.Prompt{{Audio: "welcome"}}, Tag: "treat:menu:1",
	}
	waiting = treatment.Treatment{Wait: &treatment.Wait{}, Looping: "jazz"}
	silence = treatment.Treatment{Menu: &treatment.Menu{}}
)

func changed(p Party, change func(*Party)) Party {
	if change != nil {
		change(&p)
	}
	return p
}

func held(p *Party)    { p.Held = true }
func muted(p *Party)   { p.Muted = true }
func silent(p *Party)  { p.Silent = true }
func waits(p *Party)   { p.State = Dialling }
func dialled(p *Party) { p.State, p.Up = Dialling, false }
func early(p *Party)   { p.State, p.Up, p.Early = Dialling, false, true }
