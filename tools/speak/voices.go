package main

// voice says how one speaker is made from a voice of a speech program.
type voice struct {
	flite   string  // name of flite's voice
	espeak  string  // name of espeak-ng's voice, the fallback
	pitch   float64 // 1 is the voice as it comes; 1.1 is higher, as of a smaller person
	stretch float64 // length of the speech against the voice as it comes
}

// voices are the speakers that prompts.txt may name.
var voices = map[string]voice{
	"house": {flite: "slt", espeak: "en-us+f2", pitch: 1, stretch: 1.05},
	"rosa":  {flite: "slt", espeak: "en-gb+f3", pitch: 0.94, stretch: 1},
	"anna":  {flite: "slt", espeak: "en-us+f4", pitch: 1.08, stretch: 0.98},
	"bruno": {flite: "rms", espeak: "en-us+m1", pitch: 1, stretch: 0.95},
	"clara": {flite: "slt", espeak: "en-gb+f1", pitch: 1.15, stretch: 0.93},
	"david": {flite: "awb", espeak: "en-gb+m2", pitch: 1, stretch: 1},
	"robin": {flite: "awb", espeak: "en-us+f5", pitch: 1.22, stretch: 1.02},
	"frank": {flite: "rms", espeak: "en-us+m7", pitch: 0.92, stretch: 0.9},
}
