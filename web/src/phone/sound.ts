/** Sounds the app makes itself, all synthesised: the ringtone, key tones, the test tone; and the level meter. */

let shared: AudioContext | undefined;

function context(): AudioContext {
  shared ??= new AudioContext();
  return shared;
}

/** unlockSound must run inside a click once, or browsers keep the page silent. */
export function unlockSound(): void {
  const audio = context();
  if (audio.state === "suspended") void audio.resume();
}

interface Sinkable {
  setSinkId?(id: string): Promise<void>;
}

/** sendTo directs an audio element or context to a device; a device that is gone leaves the system's own. */
export async function sendTo(target: object, device: string): Promise<void> {
  await (target as Sinkable).setSinkId?.(device).catch(() => undefined);
}

/** strike is one soft mallet note: a sine with a quiet octave and twelfth that die away sooner. */
function strike(audio: AudioContext, out: AudioNode, hertz: number, at: number, loudness: number): void {
  const partials = [
    { ratio: 1, gain: 1, decay: 1.1 },
    { ratio: 2, gain: 0.28, decay: 0.5 },
    { ratio: 3.01, gain: 0.1, decay: 0.22 },
  ];
  for (const partial of partials) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = hertz * partial.ratio;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(loudness * partial.gain, at + 0.008);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + partial.decay);
    tone.connect(volume).connect(out);
    tone.start(at);
    tone.stop(at + partial.decay + 0.05);
  }
}

// Two rising fifths and a resting note, in D: it asks, it does not shout.
const phrase = [
  { hertz: 587.33, at: 0 },
  { hertz: 880, at: 0.16 },
  { hertz: 1108.73, at: 0.32 },
  { hertz: 880, at: 0.56 },
];
const phraseEvery = 2800;

export interface Playing {
  stop(): void;
}

/** ring plays the ringtone on a device until stopped; `times` ends it by itself, for a preview. */
export function ring(device: string, times = Number.POSITIVE_INFINITY): Playing {
  const audio = new AudioContext();
  const out = audio.createGain();
  out.gain.value = 0.9;
  out.connect(audio.destination);
  let played = 0;
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    if (audio.state === "closed") return;
    out.gain.setTargetAtTime(0, audio.currentTime, 0.03);
    window.setTimeout(() => audio.state !== "closed" && void audio.close(), 250);
  };
  const play = () => {
    if (played >= times) return stop();
    // The first phrase is quieter, so that nobody jumps.
    const loudness = played++ === 0 ? 0.16 : 0.26;
    for (const note of phrase) strike(audio, out, note.hertz, audio.currentTime + 0.03 + note.at, loudness);
  };
  void sendTo(audio, device).then(() => {
    if (audio.state === "closed") return;
    play();
    timer = window.setInterval(play, phraseEvery);
  });
  return { stop };
}

const earEvery = 4000;

/** ringInEar plays two short soft tones on the speaker or headset of a call, again and again until stopped: another call waits. */
export function ringInEar(device: string): Playing {
  const audio = new AudioContext();
  const out = audio.createGain();
  out.connect(audio.destination);
  const play = () => {
    for (const after of [0, 0.3]) strike(audio, out, 440, audio.currentTime + 0.03 + after, 0.1);
  };
  void sendTo(audio, device).then(() => audio.state !== "closed" && play());
  const timer = window.setInterval(play, earEvery);
  return {
    stop() {
      clearInterval(timer);
      if (audio.state !== "closed") void audio.close();
    },
  };
}

/** testTone plays one second of a pleasant chord on a device. */
export async function testTone(device: string): Promise<void> {
  const audio = new AudioContext();
  await sendTo(audio, device);
  const out = audio.createGain();
  out.connect(audio.destination);
  [392, 493.88, 587.33].forEach((hertz, i) => {
    strike(audio, out, hertz, audio.currentTime + 0.05 + i * 0.18, 0.3);
  });
  window.setTimeout(() => void audio.close(), 2200);
}

const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477];
const layout = "123456789*0#";

/** keyTone lets the person hear the key that was pressed; the far side gets its own (SP-23). */
export function keyTone(digit: string): void {
  const at = layout.indexOf(digit);
  const low = rows[Math.floor(at / 3)];
  const high = columns[at % 3];
  if (at < 0 || low === undefined || high === undefined) return;
  const audio = context();
  if (audio.state !== "running") return;
  const volume = audio.createGain();
  const start = audio.currentTime;
  volume.gain.setValueAtTime(0.05, start);
  volume.gain.setTargetAtTime(0, start + 0.09, 0.02);
  volume.connect(audio.destination);
  for (const hertz of [low, high]) {
    const tone = audio.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(volume);
    tone.start(start);
    tone.stop(start + 0.2);
  }
}

/** meter reports the loudness of a stream, 0 to 1 on a scale that feels even, each animation frame until stopped. */
export function meter(stream: MediaStream, level: (value: number) => void): Playing {
  const audio = context();
  if (audio.state === "suspended") void audio.resume();
  const from = audio.createMediaStreamSource(stream);
  const analyser = audio.createAnalyser();
  analyser.fftSize = 1024;
  from.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let frame = 0;
  let shown = 0;
  const look = () => {
    analyser.getFloatTimeDomainData(samples);
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    const decibels = 10 * Math.log10(sum / samples.length + 1e-9);
    const now = Math.min(1, Math.max(0, (decibels + 60) / 54));
    shown = Math.max(now, shown * 0.92);
    level(shown);
    frame = requestAnimationFrame(look);
  };
  look();
  return {
    stop() {
      cancelAnimationFrame(frame);
      from.disconnect();
      level(0);
    },
  };
}
