// Caller is a telephone for browser tests: it calls a SIP address, sends a tone, and says on standard output, as a line
// of JSON each, what it hears. Standard input takes the commands "hangup", "press DIGIT", "tone HERTZ" and "silence".
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"parley/internal/carrier"
	"parley/internal/media"
	"parley/internal/sip"
	"parley/internal/tel"
)

// line is one thing that the caller says.
type line struct {
	Event    string  `json:"event"` // ringing, answered, heard or ended
	Hertz    float64 `json:"hz,omitempty"`
	Strength float64 `json:"strength,omitempty"` // of the strongest tone, 0 to 1
	Level    float64 `json:"level,omitempty"`    // of all that is heard
	Watched  []level `json:"watched,omitempty"`
	Digits   string  `json:"digits,omitempty"`
	Code     int     `json:"code,omitempty"`
	Reason   string  `json:"reason,omitempty"`
}

// level is how strong one watched frequency is heard.
type level struct {
	Hertz    float64 `json:"hz"`
	Strength float64 `json:"strength"`
}

func main() {
	to := flag.String("to", "", "SIP address to call, such as sip:+12025550100@127.0.0.1:5060")
	from := flag.String("from", "+12025550141", "number that calls")
	name := flag.String("name", "", "display name")
	hertz := flag.Float64("tone", 440, "tone to send, in hertz; 0 is silence")
	watch := flag.String("watch", "440,700", "frequencies whose strength is told")
	flag.Parse()
	if err := run(*to, *from, *name, *hertz, *watch); err != nil {
		fmt.Fprintln(os.Stderr, "caller:", err)
		os.Exit(1)
	}
}

func run(to, from, name string, hertz float64, watch string) error {
	frequencies, err := parse(watch)
	if err != nil {
		return err
	}
	c, err := carrier.Open(carrier.Config{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer c.Close()
	k, err := c.Call(context.Background(), sip.Target{URI: to, From: from, DisplayName: name},
		carrier.Behaviour{Speak: tone(hertz), Loop: true, Listen: true})
	if err != nil {
		return err
	}
	go obey(k)
	tell(k, frequencies)
	return nil
}

// tell says what happens until the call has ended.
func tell(k *carrier.Call, frequencies []float64) {
	out := json.NewEncoder(os.Stdout)
	say := func(l line) { _ = out.Encode(l) }
	rang, answered := k.Rang(), k.Answered()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-rang:
			rang = nil
			say(line{Event: "ringing"})
		case <-answered:
			answered = nil
			say(line{Event: "answered"})
		case <-tick.C:
			say(heard(k, frequencies))
		case e := <-k.Ended():
			say(line{Event: "ended", Code: e.Code, Reason: e.Cause.Words(), Digits: k.Digits()})
			return
		}
	}
}

func heard(k *carrier.Call, frequencies []float64) line {
	pcm := k.Heard(400 * time.Millisecond)
	ear := media.Ear{}
	l := line{Event: "heard", Level: ear.Level(pcm), Digits: k.Digits()}
	l.Hertz, l.Strength = ear.Dominant(pcm)
	for _, f := range frequencies {
		l.Watched = append(l.Watched, level{Hertz: f, Strength: ear.Strength(pcm, f)})
	}
	return l
}

// obey carries out the commands on standard input; its end hangs up.
func obey(k *carrier.Call) {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		word, rest, _ := strings.Cut(in.Text(), " ")
		switch word {
		case "hangup":
			k.HangUp()
		case "press":
			_ = k.Press(tel.Digit(rest))
		case "silence":
			k.Say(nil, false)
		case "tone":
			if f, err := strconv.ParseFloat(rest, 64); err == nil {
				k.Say(tone(f), true)
			}
		}
	}
	k.HangUp()
}

func parse(list string) ([]float64, error) {
	var all []float64
	for word := range strings.SplitSeq(list, ",") {
		f, err := strconv.ParseFloat(word, 64)
		if err != nil {
			return nil, fmt.Errorf("-watch %s: %w", list, err)
		}
		all = append(all, f)
	}
	return all, nil
}

// tone is a second of a sine at a third of full scale; nil for 0 hertz. Whole hertz loop without a click.
func tone(hertz float64) *media.Sound {
	if hertz <= 0 {
		return nil
	}
	pcm := make([]int16, media.SampleRate)
	for i := range pcm {
		pcm[i] = int16(10_000 * math.Sin(2*math.Pi*hertz*float64(i)/media.SampleRate))
	}
	return media.NewSound(pcm)
}
