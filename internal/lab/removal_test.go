package lab

import (
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"parley/internal/dtmf"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/tel"
)

// cardNumber is a test number of a card.
const cardNumber = "4111222233334444"

// keyHertz are the frequencies of keys (ITU-T Q.23).
var keyHertz = []float64{697, 770, 852, 941, 1209, 1336, 1477, 1633}

// ofKeys is the most that is heard at a frequency of keys in 25 ms, in dB of full scale.
func ofKeys(pcm []int16) float64 {
	const window = media.SampleRate / 40
	most := 1e-6
	for at := 0; at+window <= len(pcm); at += window / 2 {
		for _, hertz := range keyHertz {
			most = max(most, media.Ear{}.Strength(pcm[at:at+window], hertz))
		}
	}
	return 20 * math.Log10(most)
}

// hiss is noise of -60 dB of full scale, as of a quiet room, on top of pcm.
func hiss(pcm []int16) []int16 {
	for i := range pcm {
		pcm[i] += int16(math.Round(rand.NormFloat64() * 33))
	}
	return pcm
}

// room is so much of a quiet room.
func (p *telephone) room(d time.Duration) []said {
	return p.sound(hiss(make([]int16, int(d.Seconds()*float64(p.encoder.Rate())))))
}

// cardByEvents is the number as telephone-events.
func (p *telephone) cardByEvents() []said {
	all := p.room(300 * time.Millisecond)
	for i := range len(cardNumber) {
		all = append(append(all, p.held(cardNumber[i], 3+i%4)...), p.room(80*time.Millisecond)...)
	}
	return append(all, p.room(500*time.Millisecond)...)
}

// cardBySound is the number as tones of 40 ms and more, strong and weak.
func (p *telephone) cardBySound() []said {
	p.t.Helper()
	pcm := make([]int16, p.encoder.Rate()*3/10)
	for i, key := range cardNumber {
		how := dtmf.Settings{
			Rate: p.encoder.Rate(), On: time.Duration(40+4*i) * time.Millisecond, Off: time.Duration(50+8*(i%5)) * time.Millisecond,
			Low: -8 - float64(i), High: -7 - float64(i) + float64(i%3),
		}
		var err error
		if pcm, err = dtmf.Append(pcm, how, tel.Digit(string(key))); err != nil {
			p.t.Fatal(err)
		}
	}
	return p.sound(hiss(append(pcm, make([]int16, p.encoder.Rate()/2)...)))
}

// counter is a call in which a customer pays: an agent, a supervisor who listens to the mix and one who listens to the customer
// alone.
type counter struct {
	*gathering
	customer *telephone
	ears     []id.Leg
}

func newCounter(t *testing.T, c media.Codec) *counter {
	t.Helper()
	g := gather(t)
	k := &counter{gathering: g, ears: []id.Leg{"agent", "listener", "trainer"}}
	k.customer = g.add("customer", c, callerVoice, func(p *telephone) { p.terms.InBand, p.hushed = true, true })
	g.add("agent", media.G722, agentVoice, func(p *telephone) {
		encrypted(p)
		p.hushed = true
	})
	g.add("listener", media.PCMA, otherVoice, func(p *telephone) { p.hushed = true })
	g.add("trainer", media.Opus, 1933, func(p *telephone) { p.hushed = true })
	return k
}

// pays says whether the customer keys what nobody may hear.
func (k *counter) pays(on bool) {
	k.room.Arrange([]media.Hearing{
		{Leg: "customer", From: "agent", Keyed: on}, {Leg: "agent", From: "customer"}, {Leg: "trainer", From: "customer"},
		{Leg: "listener", Mix: []media.Source{{Leg: "customer"}, {Leg: "agent"}}},
	})
}

// heardOf is what each ear, and the recording, has of keys in what the customer says.
func (k *counter) heardOf(what []said) map[id.Leg]float64 {
	k.t.Helper()
	for _, p := range k.phones {
		p.forget()
	}
	done := make(chan media.RecordingResult, 1)
	path := filepath.Join(k.t.TempDir(), "payment.wav")
	k.room.Record(media.Recording{
		ID: "payment", Path: path, Customer: []id.Leg{"customer"}, Others: []id.Leg{"agent"}, Done: func(r media.RecordingResult) { done <- r },
	})
	k.customer.say(what)
	all := map[id.Leg]float64{}
	for _, name := range k.ears {
		p := k.phones[name]
		Eventually(k.t, string(name)+" hears what the customer says", func() bool { return len(p.packets()) > len(what)*9/10 })
		all[name] = ofKeys(p.heard())
	}
	k.room.StopRecord("payment")
	select {
	case r := <-done:
		if r.Err != nil {
			k.t.Fatal(r.Err)
		}
	case <-time.After(Patience):
		k.t.Fatal("the recording does not end")
	}
	all["recording"] = ofKeys(k.recorded(path, len(what)))
	return all
}

// recorded is the customer's side of the recording, of so many packets or more.
func (k *counter) recorded(path string, packets int) []int16 {
	k.t.Helper()
	file, err := media.OpenRecording(path)
	if err != nil {
		k.t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	pcm, err := file.PCM(0, file.Duration())
	if err != nil {
		k.t.Fatal(err)
	}
	if level := (media.Ear{}).Level(pcm[0]); len(pcm[0]) < packets*packetSamples*9/10 || level < 0.0001 {
		k.t.Fatalf("%d samples of the customer are recorded, with a level of %.5f: there is not even the room", len(pcm[0]), level)
	}
	return pcm[0]
}

// events is how many packets of telephone-events an ear got.
func (k *counter) events(ear id.Leg) (n int) {
	for _, packet := range k.phones[ear].packets() {
		if packet.PayloadType == eventPayload {
			n++
		}
	}
	return n
}

// TestCardNumberLeavesNothing: while a customer keys the number of a card, as events or as tones, neither the agent nor who
// listens nor the recording has more at the frequencies of keys than of the quiet room that the customer sits in. When it is
// over all of them have the keys again.
func TestCardNumberLeavesNothing(t *testing.T) {
	t.Parallel()
	for _, c := range everyCodec {
		t.Run(c.codec.String()+" tones", func(t *testing.T) {
			t.Parallel()
			newCounter(t, c.codec).removes(false, (*telephone).cardBySound)
		})
	}
	for _, c := range []media.Codec{media.PCMU, media.Opus} { // a clock each
		t.Run(c.String()+" events", func(t *testing.T) {
			t.Parallel()
			newCounter(t, c).removes(true, (*telephone).cardByEvents)
		})
	}
}

func (k *counter) removes(byEvents bool, card func(*telephone) []said) {
	k.t.Helper()
	number := card(k.customer)
	k.pays(true)
	noise := k.heardOf(k.customer.room(time.Duration(len(number)) * packetTime))
	for ear, heard := range k.heardOf(number) {
		k.t.Logf("%s: %.1f dB with keys, %.1f dB without", ear, heard, noise[ear])
		if heard > noise[ear]+4 || noise[ear] > -55 {
			k.t.Errorf("%s has %.1f dB of the keys, over the noise of %.1f dB", ear, heard, noise[ear])
		}
	}
	for _, ear := range k.ears {
		if n := k.events(ear); n > 0 {
			k.t.Errorf("%s gets %d packets of events", ear, n)
		}
	}
	if told := k.customer.keysTold(); byEvents && told != cardNumber || len(told) < len(cardNumber)/2 {
		k.t.Errorf("the owner is told of %d keys, not of %d", len(told), len(cardNumber))
	}
	k.pays(false)
	afterwards := k.heardOf(number)
	for _, ear := range k.ears {
		if byEvents != (k.events(ear) > 0) || !byEvents && afterwards[ear] < -30 {
			k.t.Errorf("afterwards %s gets %d events and %.1f dB of keys", ear, k.events(ear), afterwards[ear])
		}
	}
	if !byEvents && afterwards["recording"] < -30 {
		k.t.Errorf("afterwards the recording has %.1f dB of keys", afterwards["recording"])
	}
}

// TestKeyOutsideTheSoundLeavesNothing: a key of the card that came by SIP INFO goes to nobody either, and does when it is over.
func TestKeyOutsideTheSoundLeavesNothing(t *testing.T) {
	t.Parallel()
	k := newCounter(t, media.PCMA)
	for _, keyed := range []bool{true, false} {
		k.pays(keyed)
		for _, p := range k.phones {
			p.forget()
		}
		k.customer.leg.Pressed("4")
		k.customer.say(k.customer.room(time.Second))
		for _, ear := range k.ears {
			if heard := ofKeys(k.phones[ear].heard()); keyed && (k.events(ear) > 0 || heard > -55) {
				t.Errorf("%s gets %d packets of events, and %.1f dB of keys", ear, k.events(ear), heard)
			}
			if !keyed {
				Eventually(t, string(ear)+" gets the key", func() bool { return k.events(ear) > 0 })
			}
		}
	}
}
