package codec

import "testing"

func TestEncodings(t *testing.T) {
	for in, want := range map[string]Codec{
		"PCMU/8000": PCMU, "pcma/8000/1": PCMA, "G722/8000": G722, "G722/16000": None, "OPUS/48000/2": Opus,
		"opus/48000": None, "telephone-event/8000": None, "": None, "none": None, " PCMA/8000 ": PCMA,
	} {
		if got := ByEncoding(in); got != want {
			t.Errorf("%q is %s, want %s", in, got, want)
		}
	}
	if Opus.Encoding() != "opus/48000/2" || G722.Encoding() != "G722/8000" || None.Encoding() != "none" {
		t.Error(Opus.Encoding(), G722.Encoding(), None.Encoding())
	}
}

func TestFormatParameters(t *testing.T) {
	for _, c := range []struct {
		name, in, out string
		want          FormatParameters
	}{
		{"nothing", "", "", FormatParameters{}},
		{"Chromium", "minptime=10;useinbandfec=1", "useinbandfec=1", FormatParameters{FEC: true}},
		{
			"all", " MaxPlaybackRate=16000; maxaveragebitrate=20000 ;stereo=1; useinbandfec=1;usedtx=1;cbr=1",
			"maxplaybackrate=16000;maxaveragebitrate=20000;useinbandfec=1;usedtx=1;cbr=1",
			FormatParameters{Bitrate: 20000, PlaybackRate: 16000, FEC: true, DTX: true, Constant: true},
		},
		{"nonsense", "maxaveragebitrate=1e9;maxplaybackrate=-1;usedtx=yes;=;;useinbandfec", "", FormatParameters{}},
		{"out of limits", "maxaveragebitrate=5;maxplaybackrate=96000;useinbandfec=0", "", FormatParameters{}},
	} {
		got := ParseFormatParameters(c.in)
		if got != c.want || got.String() != c.out {
			t.Errorf("%s: %+v, written %q", c.name, got, got)
		}
	}
	if got := Opus.FormatParameters().String(); got != "useinbandfec=1;usedtx=1" {
		t.Error(got)
	}
	if got := PCMU.FormatParameters().String(); got != "" {
		t.Error(got)
	}
}

func TestSettingsFitTheFarSide(t *testing.T) {
	ours := Settings{Rate: 48000, Bitrate: 32000, Complexity: 5, FEC: true, DTX: true}
	for _, c := range []struct {
		name, fmtp string
		in, want   Settings
	}{
		{"no wishes", "", ours, Settings{Rate: 48000, Bitrate: 32000, Complexity: 5}},
		{"all", "useinbandfec=1;usedtx=1", ours, ours},
		{"little", "maxaveragebitrate=16000;maxplaybackrate=24000;useinbandfec=1", ours,
			Settings{Rate: 16000, Bitrate: 16000, Complexity: 5, FEC: true}},
		{"narrow", "maxplaybackrate=8000", Settings{}, Settings{Rate: 8000, Bitrate: 24000, Complexity: 5}},
		{"constant", "cbr=1;usedtx=1", ours, Settings{Rate: 48000, Bitrate: 32000, Complexity: 5, Constant: true}},
		{"more than ours", "maxaveragebitrate=510000;usedtx=1", Settings{Rate: 8000, Bitrate: 12000},
			Settings{Rate: 8000, Bitrate: 12000, Complexity: 5}},
	} {
		if got := ParseFormatParameters(c.fmtp).Fit(c.in); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func FuzzParseFormatParameters(f *testing.F) {
	f.Add("minptime=10;useinbandfec=1")
	f.Fuzz(func(t *testing.T, in string) {
		p := ParseFormatParameters(in)
		if again := ParseFormatParameters(p.String()); again != p {
			t.Errorf("%+v reads back as %+v", p, again)
		}
	})
}
