package tone

import (
	"math"
	"slices"
	"testing"
	"time"
)

// amplitude is that of a sine of f hertz in pcm.
func amplitude(pcm []int16, f float64, rate int) float64 {
	turn := 2 * math.Cos(2*math.Pi*f/float64(rate))
	a, b := 0.0, 0.0
	for _, s := range pcm {
		a, b = float64(s)+turn*a-b, a
	}
	return 2 * math.Sqrt(max(0, a*a+b*b-turn*a*b)) / float64(len(pcm))
}

// TestEveryTone makes every tone of every country and listens to each burst: its frequencies at
// their level, nothing else, for its time, and silence between.
func TestEveryTone(t *testing.T) {
	for _, country := range append(Countries(), Default, "XX") {
		for kind := range kinds {
			p := Of(kind, country)
			if p == nil {
				t.Fatalf("%s has no %s tone", country, kind)
			}
			rates := []int{8000}
			if kind == Ringback || kind == Special {
				rates = []int{8000, 16000, 48000}
			}
			for _, rate := range rates {
				listen(t, country+" "+kind.String(), p, rate)
			}
		}
	}
}

func listen(t *testing.T, name string, p Pattern, rate int) {
	t.Helper()
	pcm := p.Sound(rate)
	if len(pcm) != samples(rate, p.Period()) {
		t.Errorf("%s at %d Hz: %d samples for %v", name, rate, len(pcm), p.Period())
	}
	quietEdges(t, name, pcm)
	if p.steady() {
		hear(t, name, p[0], pcm, rate)
		return
	}
	for _, b := range p {
		n := samples(rate, b.For)
		hear(t, name, b, pcm[:n], rate)
		pcm = pcm[n:]
	}
}

// quietEdges finds a click: a jump that no tone below 3.4 kHz at this level makes, also where the loop joins.
func quietEdges(t *testing.T, name string, pcm []int16) {
	t.Helper()
	last := pcm[len(pcm)-1]
	for i, s := range pcm {
		jump := math.Abs(float64(s) - float64(last))
		if jump > 2*peak*math.Pi/2 || i == 0 && jump > peak {
			t.Errorf("%s: a jump of %.0f at sample %d", name, jump, i)
			return
		}
		last = s
	}
}

func hear(t *testing.T, name string, b Burst, pcm []int16, rate int) {
	t.Helper()
	total := 0.0
	for _, s := range pcm {
		total += float64(s) * float64(s) / float64(len(pcm))
	}
	if b.Hertz == 0 {
		if total != 0 {
			t.Errorf("%s: no silence in %v", name, b)
		}
		return
	}
	if edge := samples(rate, rise); len(pcm) > 4*edge && len(pcm) < rate*50 {
		pcm = pcm[edge : len(pcm)-edge]
	}
	explained := 0.0
	for _, f := range []int{b.Hertz, b.Second, b.Hertz - b.By, b.Hertz + b.By} {
		if f == 0 || b.By == 0 && f == b.Hertz && explained > 0 {
			continue
		}
		a := amplitude(pcm, float64(f), rate)
		explained += a * a / 2
		if b.By == 0 && math.Abs(20*math.Log10(a/peak)) > 0.7 {
			t.Errorf("%s at %d Hz: %d Hz is off by %.1f dB", name, rate, f, 20*math.Log10(a/peak))
		}
	}
	if part := explained / total; part < 0.8 || part > 1.3 {
		t.Errorf("%s at %d Hz: %.2f of %v is at its frequencies", name, rate, part, b)
	}
}

// TestNoClick compares what a burst puts far away from its frequency with what hard edges would put there.
func TestNoClick(t *testing.T) {
	p := Of(Busy, "DE")
	pcm := p.Sound(8000)
	edge := slices.Concat(pcm[len(pcm)-80:], pcm[:80])
	for i := range edge { // a window of Hann, or the cut after 10 ms would be the loudest click
		edge[i] = int16(float64(edge[i]) * (1 - math.Cos(2*math.Pi*float64(i)/160)))
	}
	far := 20 * math.Log10(max(amplitude(edge, 2800, 8000), 1)/peak)
	t.Logf("a click of %.1f dB at 2800 Hz", far)
	if far > -55 {
		t.Errorf("the edge of the busy tone clicks: %.1f dB at 2800 Hz", far)
	}
}

// TestSteady joins a dial tone to itself: no frequency but its own.
func TestSteady(t *testing.T) {
	for _, country := range append(Countries(), Default) {
		p := Of(Dial, country)
		if !p.steady() {
			continue
		}
		pcm := p.Sound(8000)
		twice := slices.Concat(pcm, pcm)
		for i := range twice {
			if math.Abs(float64(twice[i])-p[0].at(i, 8000)) > 1 {
				t.Fatalf("%s: the dial tone breaks at sample %d", country, i)
			}
		}
	}
}

// TestTable: the whole table can be read, and what it must hold is there.
func TestTable(t *testing.T) {
	for country, lines := range table {
		for kind, text := range lines {
			if text == "" {
				continue
			}
			p, err := Parse(text)
			if err != nil {
				t.Errorf("%q, %v: %v", country, Kind(kind), err)
				continue
			}
			if again, err := Parse(p.String()); err != nil || !slices.Equal(again, p) {
				t.Errorf("%q, %v: %q is read back as %v, %v", country, Kind(kind), p.String(), again, err)
			}
		}
	}
	for _, c := range []string{
		"US", "GB", "DE", "FR", "ES", "BE", "NL", "IT", "IE", "AT", "CH", "PT", "PL", "SE", "DK", "NO", "FI", "AU",
		"NZ", "JP", "IN", "BR", "MX", "CA", "ZA",
	} {
		if !Known(c) || !slices.Contains(Countries(), c) {
			t.Errorf("no tones of %s", c)
		}
	}
	for kind := range kinds {
		if named, known := Named(kind.String()); named != kind || !known {
			t.Errorf("%v is not found by its name", kind)
		}
	}
	if _, known := Named("no tone"); known {
		t.Error("no tone has a name")
	}
	if Known("XX") || Known(Default) || Of(kinds, "US") != nil || Kind(200).String() != "no tone" {
		t.Error("what is unknown is known")
	}
	if got := Of(Ringback, "XX"); !slices.Equal(got, Of(Ringback, Default)) || got.Period() != 5*time.Second {
		t.Errorf("an unknown country rings %v", got)
	}
}

// TestParse refuses what is no pattern.
func TestParse(t *testing.T) {
	for _, text := range []string{
		"", ",", "425/0", "425/-1", "425/70000", "425,0/100", "0+440/100", "440+/100", "440*/100", "9000/100",
		"350+440*25/100", "425/1e3", "-5/100", "425/100,", "425/50000,0/50000", "1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1,1/1",
	} {
		if p, err := Parse(text); err == nil {
			t.Errorf("%q is read as %v", text, p)
		}
	}
}

// FuzzParse: what is read is written and read the same, and can be sounded.
func FuzzParse(f *testing.F) {
	f.Add("425/1000,0/4000")
	f.Add("350+440")
	f.Add("400*25/400,0/200")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(p.String())
		if err != nil || !slices.Equal(again, p) {
			t.Fatalf("%q is written as %q and read back as %v, %v", text, p, again, err)
		}
		if n := len(p.Sound(8000)); !p.steady() && n != samples(8000, p.Period()) {
			t.Fatalf("%q is %d samples", text, n)
		}
	})
}
