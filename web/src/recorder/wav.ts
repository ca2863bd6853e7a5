/** Samples per second of what is recorded in the page: twice a telephone's, so that a wideband call hears all of it. */
export const rate = 16_000;

const header = 44;

/** encodeWav writes one channel of samples from -1 to 1 as a WAV file of 16 bit PCM. Louder ones are cut off. Pure. */
export function encodeWav(samples: Float32Array): ArrayBuffer {
  const size = samples.length * 2;
  const file = new ArrayBuffer(header + size);
  const view = new DataView(file);
  const word = (at: number, text: string) => {
    for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
  };
  word(0, "RIFF");
  view.setUint32(4, header - 8 + size, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true); // length of what follows, up to the word "data"
  view.setUint16(20, 1, true); // linear PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true); // bytes a second
  view.setUint16(32, 2, true); // bytes a sample
  view.setUint16(34, 16, true); // bits a sample
  word(36, "data");
  view.setUint32(40, size, true);
  samples.forEach((sample, i) => {
    const cut = Math.max(-1, Math.min(1, sample));
    view.setInt16(header + i * 2, Math.round(cut * (cut < 0 ? 32_768 : 32_767)), true);
  });
  return file;
}

/** blend makes one channel of several of the same length. Pure. */
export function blend(channels: readonly Float32Array[]): Float32Array {
  const [first, ...others] = channels;
  if (!first) return new Float32Array();
  return first.map((sample, i) => others.reduce((sum, other) => sum + (other[i] ?? 0), sample) / channels.length);
}
