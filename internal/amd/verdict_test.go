package amd

import (
	"strings"
	"testing"
	"time"

	"parley/internal/dtmf/voices"
)

const ms = time.Millisecond

var people = []string{
	"Hello?", "Hello.", "Yes?", "Hello, this is Anna.", "Good morning, Miller speaking.", "Hi, who is calling?",
	"Smith and Sons, how can I help you?", "Hello? Hello?", "Peter Baker, hello.",
	"Good afternoon, you are speaking to Susan.", "Yeah, what is it?", "Doctor Brown's office.",
}

var machines = []string{
	"Hello, this is Anna. I cannot come to the phone right now. Please leave a message after the tone and I will call you back.",
	"You have reached the voice mail of extension four one two. At the tone, please record your message.",
	"Hi, you have reached the Miller family. We are not at home, but leave your name and number after the beep.",
	"The person you are calling is not available at the moment. Please try again later, or leave a message.",
	"Thank you for calling Smith and Sons. Our office is closed. We are open on weekdays from nine to five.",
	"Your call has been forwarded to an automatic voice message system. Peter Baker is not available.",
	"Hey, it is Tom, sorry I missed you, leave me a message and I will get back to you as soon as I can.",
	"Hello! We cannot take your call now, because we are on holiday until the end of August. Please speak after the tone.",
}

// english are the voices that speak the greetings.
func english() (all []voices.Voice) {
	for _, v := range voices.All() {
		switch v.Name {
		case "de", "fr+f5", "es+m3", "nl+f1", "it+m5", "en-gb+whisper":
		default:
			all = append(all, v)
		}
	}
	return all
}

// verdictRates lets people and machines answer in all voices, clean and in noise, and prints how often it is wrong.
func verdictRates(t *testing.T) {
	for _, c := range []struct {
		name  string
		noise float64
		most  float64 // share of wrong verdicts, of each side
	}{{"clean", -90, 0.05}, {"noise 18 dB below", -38, 0.07}} {
		t.Run(c.name, func(t *testing.T) {
			wrongPeople, allPeople, slowest := count(t, people, Human, c.noise)
			wrongMachines, allMachines, _ := count(t, machines, Machine, c.noise)
			t.Logf("%d of %d people not taken for people, %d of %d machines not taken for machines; a person is known within %v of the answer",
				wrongPeople, allPeople, wrongMachines, allMachines, slowest)
			if float64(wrongPeople) > c.most*float64(allPeople) || float64(wrongMachines) > c.most*float64(allMachines) {
				t.Errorf("more than %.0f %% are wrong", 100*c.most)
			}
		})
	}
}

// unseenGreetings are greetings that the limits were not chosen by, in other languages and with a pause of
// 600 ms after the first word.
func unseenGreetings(t *testing.T) {
	wrong, all := 0, 0
	for i, c := range []struct {
		language, text string
		want           Verdict
	}{
		{"de", "Hallo?", Human}, {"de", "Becker, guten Tag.", Human}, {"de", "Schmidt.", Human},
		{"de", "Praxis Doktor Weber, was kann ich für Sie tun?", Human},
		{"fr", "Allô?", Human}, {"fr", "Oui, bonjour.", Human}, {"fr", "Société Martin, bonjour, j'écoute.", Human},
		{"es", "¿Diga?", Human}, {"es", "Hola, buenos días.", Human}, {"en-gb", "Four seven double two.", Human},
		{"en-us", "Speaking.", Human}, {"en-us", "What do you want?", Human}, {"en-gb", "Accounts, Mary here.", Human},
		{"de", "Guten Tag, Sie sind mit dem Anschluss von Familie Becker verbunden. Bitte sprechen Sie nach dem Ton.", Machine},
		{"de", "Der gewünschte Gesprächspartner ist zurzeit nicht erreichbar. Sie können eine Nachricht hinterlassen.", Machine},
		{"fr", "Bonjour, vous êtes bien sur la messagerie de Claire. Merci de laisser un message après le bip.", Machine},
		{"es", "El teléfono al que llama está apagado o fuera de cobertura en este momento.", Machine},
		{"en-gb", "The mobile you are calling may be switched off. Please try later.", Machine},
		{"en-us", "Hi.|You have got my voice mail, so say something funny and I might call back.", Machine},
		{"en-us", "Hello.|I am not here. You know what to do when you hear the tone.", Machine},
	} {
		for k, variant := range []string{"", "+f2", "+m3", "+f5"} {
			v := voices.Voice{Program: "espeak-ng", Name: c.language + variant, Speed: 135 + 15*k, Pitch: 30 + 15*k}
			pcm := silence(time.Duration(200+150*k) * ms)
			for _, part := range strings.Split(c.text, "|") {
				pcm = join(pcm, say(t, v, part), silence(600*ms))
			}
			s, _ := verdict(heard(t, Settings{}, noise(join(pcm, silence(2500*ms)), -48, uint64(i))))
			all++
			if s.Verdict != c.want {
				wrong++
				t.Logf("%s, %q: %v (%s) at %v", v.Name, c.text, s.Verdict, s.Reason, s.At)
			}
		}
	}
	t.Logf("%d of %d wrong", wrong, all)
	if float64(wrong) > 0.08*float64(all) {
		t.Errorf("%d of %d unseen greetings are wrong", wrong, all)
	}
}

func count(t *testing.T, texts []string, want Verdict, dBm0 float64) (wrong, all int, slowest time.Duration) {
	for i, text := range texts {
		for k, v := range english() {
			before := time.Duration(100+(i*7+k*3)%12*60) * ms
			pcm := join(silence(before), spoken(t, v, text), silence(2500*ms))
			s, ok := verdict(heard(t, Settings{}, noise(pcm, dBm0, uint64(i*100+k))))
			all++
			if !ok || s.Verdict != want {
				wrong++
				t.Logf("%s %s, %q: %v (%s) at %v", v.Program, v.Name, text, s.Verdict, s.Reason, s.At)
			}
			slowest = max(slowest, s.At)
		}
	}
	return wrong, all, slowest
}

var speech = map[string][]int16{}

func spoken(t *testing.T, v voices.Voice, text string) []int16 {
	key := v.Program + v.Name + text
	if speech[key] == nil {
		speech[key] = say(t, v, text)
	}
	return speech[key]
}

// TestReasons has one call per reason.
func TestReasons(t *testing.T) {
	words := func(n int, on, off time.Duration) []int16 {
		return again(n, noise(silence(on), -18, 1), silence(off))
	}
	for _, c := range []struct {
		name    string
		pcm     []int16
		verdict Verdict
		reason  Reason
		at      time.Duration
	}{
		{"one word", join(silence(500*ms), words(1, 400*ms, 2*time.Second)), Human, ShortGreeting, 1700 * ms},
		{"two words", join(silence(500*ms), words(2, 300*ms, 300*ms), silence(time.Second)), Human, ShortGreeting, 2200 * ms},
		{"no pause", join(silence(500*ms), words(1, 4*time.Second, 0)), Machine, LongGreeting, 3400 * ms},
		{"many words", join(silence(500*ms), words(12, 130*ms, 130*ms)), Machine, ManyWords, 2160 * ms},
		{"nobody", silence(6 * time.Second), Unsure, Silence, 2500 * ms},
		{"noise only", noise(silence(6*time.Second), -45, 1), Unsure, Silence, 2500 * ms},
		{"a click", join(silence(500*ms), words(1, 30*ms, 3*time.Second)), Unsure, Silence, 2500 * ms},
		{"late and slow", join(silence(2400*ms), words(4, 200*ms, 680*ms), silence(time.Second)), Unsure, OutOfTime, 6 * time.Second},
		{"beep at once", join(silence(300*ms), sines(500*ms, -15, 1000), silence(time.Second)), Machine, Beep, 860 * ms},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := heard(t, Settings{}, c.pcm)
			s, ok := verdict(found)
			if found[0].Kind != Decided {
				t.Errorf("the first that is told is %+v", found[0])
			}
			if !ok || s.Verdict != c.verdict || s.Reason != c.reason || (s.At-c.at).Abs() > 40*ms {
				t.Errorf("%v (%s) at %v, %v; want %v (%s) at %v", s.Verdict, s.Reason, s.At, ok, c.verdict, c.reason, c.at)
			}
		})
	}
}

// TestQuiet tells of two seconds of silence after a greeting, once after each.
func TestQuiet(t *testing.T) {
	hiss := noise(silence(3*time.Second), -18, 1)
	var at []time.Duration
	for _, s := range heard(t, Settings{}, join(hiss, silence(5*time.Second), hiss, silence(3*time.Second))) {
		if s.Kind == Quiet {
			at = append(at, s.At)
		}
	}
	if len(at) != 2 || (at[0]-5*time.Second).Abs() > 40*ms || (at[1]-13*time.Second).Abs() > 40*ms {
		t.Errorf("quiet at %v, want 5s and 13s", at)
	}
}

// TestSettings: limits are those that are set, other rates hear the same, and no frame allocates.
func TestSettings(t *testing.T) {
	pcm := join(silence(500*ms), noise(silence(1500*ms), -18, 1), silence(2*time.Second))
	if s, _ := verdict(heard(t, Settings{Greeting: time.Second}, pcm)); s.Reason != LongGreeting {
		t.Errorf("a greeting over the limit is %v (%s)", s.Verdict, s.Reason)
	}
	for _, factor := range []int{2, 6} {
		wide := make([]int16, 0, len(pcm)*factor)
		for _, v := range pcm {
			for range factor {
				wide = append(wide, v)
			}
		}
		s, _ := verdict(heard(t, Settings{Rate: 8000 * factor}, wide))
		if s.Verdict != Human || (s.At-2800*ms).Abs() > 40*ms {
			t.Errorf("at %d Hz %v at %v", 8000*factor, s.Verdict, s.At)
		}
	}
	if _, err := New(Settings{Rate: 44100}); err == nil {
		t.Error("44.1 kHz is taken")
	}
	d, err := New(Settings{Rate: 16000})
	if err != nil || d.String() == "" {
		t.Fatal(err, d)
	}
	loud := noise(make([]int16, 320), -18, 1)
	if n := testing.AllocsPerRun(500, func() { d.Feed(loud) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	for v, want := range map[Verdict]string{Unsure: "unsure", Human: "human", Machine: "machine"} {
		if v.String() != want {
			t.Errorf("%d is %q", v, v)
		}
	}
}

func BenchmarkDetector(b *testing.B) {
	d, err := New(Settings{})
	if err != nil {
		b.Fatal(err)
	}
	pcm := noise(silence(20*ms), -18, 1)
	for b.Loop() {
		d.Feed(pcm)
	}
}
