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

/** Recording is a WAV file of two channels as samples from -1 to 1. */
export interface Recording {
  rate: number;
  channels: [Float64Array, Float64Array];
}

/** readRecording reads 16-bit stereo PCM. */
export function readRecording(file: Buffer): Recording {
  if (file.toString("latin1", 0, 4) !== "RIFF" || file.readUInt16LE(22) !== 2 || file.readUInt16LE(34) !== 16) {
    throw new Error("this is no 16-bit stereo WAV file");
  }
  const data = file.indexOf("data") + 8;
  const frames = Math.floor((file.length - data) / 4);
  const channels: [Float64Array, Float64Array] = [new Float64Array(frames), new Float64Array(frames)];
  for (let i = 0; i < frames; i++) {
    channels[0][i] = file.readInt16LE(data + i * 4) / 32768;
    channels[1][i] = file.readInt16LE(data + i * 4 + 2) / 32768;
  }
  return { rate: file.readUInt32LE(24), channels };
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
