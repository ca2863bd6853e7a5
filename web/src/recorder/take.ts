import { blend, encodeWav, rate } from "./wav.ts";

/** Take is one go at recording a stream. */
export interface Take {
  readonly stream: MediaStream;
  /** Ends it; `done` of the start is told. */
  stop(): void;
  /** Ends it and forgets what was said. */
  drop(): void;
}

/** beginTake records a stream until it is stopped, at most so many seconds, and closes it. Done is given a WAV file, or nothing when the
 * browser could make none. */
export function beginTake(stream: MediaStream, longest: number, done: (file: File | undefined) => void): Take {
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 128_000 });
  const parts: Blob[] = [];
  let wanted = true;
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.onstop = () => {
    window.clearTimeout(limit);
    for (const track of stream.getTracks()) track.stop();
    if (wanted) toFile(new Blob(parts)).then(done, () => done(undefined));
  };
  recorder.start();
  const stop = () => {
    if (recorder.state !== "inactive") recorder.stop();
  };
  const limit = window.setTimeout(stop, longest * 1000);
  const drop = () => {
    wanted = false;
    stop();
  };
  return { stream, stop, drop };
}

/** toFile has the browser decode what it has recorded in a format of its own, and writes it in one that every server reads. */
async function toFile(recorded: Blob): Promise<File> {
  const sound = await new OfflineAudioContext(1, 1, rate).decodeAudioData(await recorded.arrayBuffer());
  const channels = Array.from({ length: sound.numberOfChannels }, (_, i) => sound.getChannelData(i));
  return new File([encodeWav(blend(channels))], "recording.wav", { type: "audio/wav" });
}
