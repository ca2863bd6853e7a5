package lab

import (
	"fmt"
	"slices"
	"testing"

	"parley/internal/id"
	"parley/internal/media"
)

// gathering is telephones in one room.
type gathering struct {
	t      *testing.T
	engine *media.Engine
	room   *media.Room
	phones map[id.Leg]*telephone
}

// scene is who hears whom; who is not named hears nobody.
type scene map[id.Leg][]id.Leg

// holdMusic is a voice like those of the telephones, for who is held.
const (
	holdMusic  = 1301
	holdsMusic = id.Leg("music")
)

func gather(t *testing.T) *gathering {
	t.Helper()
	e, err := media.Open(media.Config{First: 28000, Last: 28799, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	g := &gathering{t: t, engine: e, room: e.OpenRoom("gathering"), phones: map[id.Leg]*telephone{}}
	t.Cleanup(g.room.Close)
	return g
}

func (g *gathering) add(name id.Leg, c media.Codec, hertz int, change func(*telephone)) *telephone {
	g.t.Helper()
	p := connect(g.t, g.engine, name, c, hertz, change)
	g.phones[name] = p
	return p
}

// arrange lets the scene be; whose voice is the music is held with it.
func (g *gathering) arrange(s scene) {
	var all []media.Hearing
	for ear, voices := range s {
		h := media.Hearing{Leg: ear}
		for _, voice := range voices {
			if voice == holdsMusic {
				h.Play = &media.Play{Tag: "hold", Sounds: []*media.Sound{Tone(holdMusic)}, Loop: true}
				continue
			}
			h.Mix = append(h.Mix, media.Source{Leg: voice})
		}
		all = append(all, h)
	}
	g.room.Arrange(all)
}

// exactly tells whether all of those voices are in pcm, and no other one.
func (g *gathering) exactly(pcm []int16, voices []id.Leg) bool {
	for name, hertz := range g.voices() {
		strength := media.Ear{}.Strength(pcm, hertz)
		if slices.Contains(voices, name) && strength < loud || !slices.Contains(voices, name) && strength > loud/10 {
			return false
		}
	}
	return true
}

// voices are all tones that there are to be heard.
func (g *gathering) voices() map[id.Leg]float64 {
	all := map[id.Leg]float64{holdsMusic: holdMusic}
	for name, p := range g.phones {
		all[name] = float64(p.hertz)
	}
	return all
}

// stretch is how much sound is looked at at once: 0.4 s.
const stretch = media.SampleRate * 2 / 5

// somewhere tells whether there are exactly those voices in some stretch: on a busy machine what comes late is a gap.
func (g *gathering) somewhere(pcm []int16, voices []id.Leg) bool {
	for at := 0; at+stretch <= len(pcm); at += stretch / 4 {
		if g.exactly(pcm[at:at+stretch], voices) {
			return true
		}
	}
	return false
}

// intruder is who is heard in any stretch and should not be, in words.
func (g *gathering) intruder(pcm []int16, voices []id.Leg) string {
	for at := 0; at+stretch/2 <= len(pcm); at += stretch / 8 {
		for name, hertz := range g.voices() {
			if strength := (media.Ear{}).Strength(pcm[at:at+stretch/2], hertz); strength > loud/2 && !slices.Contains(voices, name) {
				return fmt.Sprintf("%s (%.3f)", name, strength)
			}
		}
	}
	return ""
}

// check arranges a scene, and fails unless each hears just whom it should.
func (g *gathering) check(what string, s scene) {
	g.t.Helper()
	g.arrange(s)
	g.hears(what+", at first", s)
	g.hears(what, s)
	for ear, p := range g.phones {
		if who := g.intruder(p.heard(), s[ear]); who != "" {
			g.t.Errorf("%s: %s hears %s", what, ear, who)
		}
	}
}

// hears waits until each has heard whom it should for a second or so, from now on.
func (g *gathering) hears(what string, s scene) {
	g.t.Helper()
	for _, p := range g.phones {
		p.forget()
	}
	for ear, voices := range s {
		p := g.phones[ear]
		if !Comes(Patience, func() bool { return len(p.packets()) > 50 && g.somewhere(p.heard(), voices) }) {
			g.t.Fatalf("%s: %s does not hear %v alone in %.1f s of sound: %s", what, ear, voices, seconds(p.heard()), g.told(p.heard()))
		}
	}
}

func seconds(pcm []int16) float64 { return float64(len(pcm)) / media.SampleRate }

// told is the strength of each voice.
func (g *gathering) told(pcm []int16) string {
	line := ""
	for name, hertz := range g.voices() {
		line += fmt.Sprintf(" %s %.4f", name, media.Ear{}.Strength(pcm[max(0, len(pcm)-stretch):], hertz))
	}
	return line
}

// TestEarsInAConference: four telephones, each with a codec of its own and one with SRTP. Each hears the three others and not
// itself; one is muted, held with music, away and back while it runs.
func TestEarsInAConference(t *testing.T) {
	t.Parallel()
	g := gather(t)
	g.add("ann", media.PCMU, callerVoice, nil)
	g.add("bob", media.PCMA, agentVoice, nil)
	g.add("cas", media.G722, otherVoice, nil)
	g.add("dee", media.Opus, 1933, encrypted)
	all := scene{"ann": {"bob", "cas", "dee"}, "bob": {"ann", "cas", "dee"}, "cas": {"ann", "bob", "dee"}, "dee": {"ann", "bob", "cas"}}
	g.check("all talk", all)
	g.check("bob is muted", scene{"ann": {"cas", "dee"}, "bob": {"ann", "cas", "dee"}, "cas": {"ann", "dee"}, "dee": {"ann", "cas"}})
	g.check("bob is heard again", all)
	g.check("dee is held", scene{"ann": {"bob", "cas"}, "bob": {"ann", "cas"}, "cas": {"ann", "bob"}, "dee": {holdsMusic}})
	g.check("dee is back", all)
	g.check("cas is removed", scene{"ann": {"bob", "dee"}, "bob": {"ann", "dee"}, "dee": {"ann", "bob"}})
	g.check("ann and dee alone", scene{"ann": {"dee"}, "dee": {"ann"}})
}

// TestEarsOfASupervisor: who listens hears all and is heard by nobody, who coaches is heard by the agent alone, who barges in
// by all.
func TestEarsOfASupervisor(t *testing.T) {
	t.Parallel()
	g := gather(t)
	g.add("customer", media.PCMU, callerVoice, nil)
	g.add("agent", media.Opus, agentVoice, encrypted)
	g.add("colleague", media.PCMA, otherVoice, nil)
	g.add("supervisor", media.G722, 1933, nil)
	g.check("two talk", scene{"customer": {"agent"}, "agent": {"customer"}})
	listens := scene{"customer": {"agent"}, "agent": {"customer"}, "supervisor": {"customer", "agent"}}
	g.check("the supervisor listens", listens)
	g.check("coaches", scene{"customer": {"agent"}, "agent": {"customer", "supervisor"}, "supervisor": {"customer", "agent"}})
	g.check("barges in", scene{"customer": {"agent", "supervisor"}, "agent": {"customer", "supervisor"}, "supervisor": {"customer", "agent"}})
	g.check("listens again", listens)
	g.check("coaches in a conference", scene{
		"customer": {"agent", "colleague"}, "colleague": {"agent", "customer"}, "agent": {"customer", "colleague", "supervisor"},
		"supervisor": {"customer", "agent", "colleague"},
	})
}

// TestTalkIsIndicated: the owner of a leg in a mix is told when it begins and ends to talk, whatever its codec.
func TestTalkIsIndicated(t *testing.T) {
	t.Parallel()
	g := gather(t)
	for n, c := range everyCodec {
		g.add(id.Leg(c.codec.String()), c.codec, 437+100*n, nil).hush(n > 0)
	}
	all := scene{}
	for ear := range g.phones {
		for voice := range g.phones {
			if voice != ear {
				all[ear] = append(all[ear], voice)
			}
		}
	}
	g.arrange(all)
	first := g.phones[id.Leg(media.PCMU.String())]
	first.indicates(true)
	for _, c := range everyCodec[1:] {
		p := g.phones[id.Leg(c.codec.String())]
		if said := p.talk(); len(said) > 0 {
			t.Errorf("%s is silent, yet told is %v", p.name, said)
		}
		p.hush(false)
		p.indicates(true)
		p.hush(true)
		p.indicates(false)
	}
	first.hush(true)
	first.indicates(false)
}

// talk is what was told of its talk.
func (p *telephone) talk() (on []bool) {
	for _, e := range p.events() {
		if talking, is := e.(media.Talking); is && talking.Leg == p.name {
			on = append(on, talking.On)
		}
	}
	return on
}

// indicates waits until it is told to talk, or not to; before that came the contrary, in turns.
func (p *telephone) indicates(on bool) {
	p.t.Helper()
	Eventually(p.t, fmt.Sprintf("it is told that the talk of %s is %v", p.name, on), func() bool {
		said := p.talk()
		return len(said) > 0 && said[len(said)-1] == on
	})
	for i, said := range p.talk() {
		if said != (i%2 == 0) {
			p.t.Errorf("told of the talk of %s is %v", p.name, p.talk())
		}
	}
}
