package codec

import "testing"

func TestEncodings(t *testing.T) {
	for in, want := range map[string]Codec{
		"PCMU/8000": PCMU, "pcma/8000/1": PCMA, "G722/8000": G722, "G722/16000": None, "OPUS/48000/2": Opus,
		"opus/48000": None, "telephone-event/8000": None, "": None, "none": None, "PCMA": None, " PCMA/8000 ": PCMA,
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
		name, in string
		want     FormatParameters
	}{
		{"nothing", "", FormatParameters{}},
		{"Chromium", "minptime=10;useinbandfec=1", FormatParameters{FEC: true}},
		{
			"all", " MaxPlaybackRate=16000; maxaveragebitrate=20000 ;stereo=1; useinbandfec=1;usedtx=1;cbr=1",
			FormatParameters{Bitrate: 20000, PlaybackRate: 16000, FEC: true, DTX: true, Constant: true},
		},
		{"nonsense", "maxaveragebitrate=1e9;maxplaybackrate=-1;usedtx=yes;=;;useinbandfec", FormatParameters{}},
		{"out of limits", "maxaveragebitrate=5;maxplaybackrate=96000;useinbandfec=0", FormatParameters{}},
		{"the limits", "maxaveragebitrate=510000;maxplaybackrate=8000", FormatParameters{Bitrate: 510000, PlaybackRate: 8000}},
	} {
		if got := ParseFormatParameters(c.in); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func FuzzParseFormatParameters(f *testing.F) {
	f.Add("minptime=10;useinbandfec=1;maxaveragebitrate=20000;maxplaybackrate=16000")
	f.Fuzz(func(t *testing.T, in string) {
		p := ParseFormatParameters(in)
		if p.Bitrate != 0 && (p.Bitrate < 6000 || p.Bitrate > 510000) || p.PlaybackRate != 0 && (p.PlaybackRate < 8000 || p.PlaybackRate > 48000) {
			t.Errorf("out of limits: %+v", p)
		}
	})
}
