import type { Page } from "@playwright/test";

/** toneFile is a WAV file (48 kHz, mono, 16 bit) of ten seconds of a tone, which loops without a click. */
export function toneFile(hertz: number): Buffer {
  const rate = 48_000;
  const samples = rate * 10;
  const file = Buffer.alloc(44 + samples * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) {
    file.writeInt16LE(Math.round(10_000 * Math.sin((2 * Math.PI * hertz * i) / rate)), 44 + i * 2);
  }
  return file;
}

/** Recording is the two channels of a recording as samples from -1 to 1. */
export interface Recording {
  rate: number;
  channels: [Float64Array, Float64Array];
}

/** readRecording has the browser fetch and decode a recording: a WAV file, or Ogg Opus when it has been compressed. */
export async function readRecording(page: Page, url: string): Promise<Recording> {
  const rate = 8000;
  const [first, second, ...more] = await page.evaluate(
    async ({ url, rate }) => {
      const file = await (await fetch(url)).arrayBuffer();
      const sound = await new OfflineAudioContext(2, rate, rate).decodeAudioData(file);
      return Array.from({ length: sound.numberOfChannels }, (_, i) => Array.from(sound.getChannelData(i)));
    },
    { url, rate },
  );
  if (!first || !second || more.length > 0) throw new Error("the recording has not two channels");
  return { rate, channels: [Float64Array.from(first), Float64Array.from(second)] };
}

/** Playback is what a player tells of a recording. */
interface Playback {
  duration: number;
  soughtTo: number;
  playedTo: number;
}

/** playBack has the browser's own player seek to the middle of a recording and play from there for half a second. */
export async function playBack(page: Page, url: string): Promise<Playback> {
  return page.evaluate(async (url) => {
    const audio = new Audio(url);
    const heard = (name: string) =>
      new Promise<void>((resolve, reject) => {
        audio.addEventListener(name, () => resolve(), { once: true });
        audio.addEventListener("error", () => reject(new Error(`player: ${audio.error?.message}`)), { once: true });
      });
    audio.muted = true;
    audio.preload = "metadata";
    await heard("loadedmetadata");
    const { duration } = audio;
    const sought = heard("seeked");
    audio.currentTime = duration / 2;
    await sought;
    const soughtTo = audio.currentTime;
    await audio.play();
    while (audio.currentTime < soughtTo + 0.5) await heard("timeupdate");
    audio.pause();
    return { duration, soughtTo, playedTo: audio.currentTime };
  }, url);
}

/** strength is the amplitude of a frequency in some samples, 0 to 1 (Goertzel over a Hann window). */
export function strength(samples: Float64Array, rate: number, hertz: number): number {
  const k = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let a = 0;
  let b = 0;
  samples.forEach((sample, i) => {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length);
    const next = sample * window + k * a - b;
    b = a;
    a = next;
  });
  return (4 * Math.sqrt(Math.max(a * a + b * b - k * a * b, 0))) / samples.length;
}
