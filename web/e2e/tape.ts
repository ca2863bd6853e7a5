import type { Page } from "@playwright/test";
import { everyTone } from "./ears.ts";
import { type Recording, readRecording, strength } from "./wav.ts";
import { expect, type Site } from "./world.ts";

/** How much of a recording is looked at in one piece, in seconds. */
const piece = 0.25;

/** From which strength on a tone is on a recording, 0 to 1. */
const held = 0.05;

/** Tape is a recording piece by piece: which tones each channel holds there, the customer's first. */
interface Tape {
  pieces: [number[], number[]][];
  gaps: Gap[];
}

interface Gap {
  start_seconds: number;
  end_seconds: number;
  kind: string;
}

/** recorded waits until the recording of the call from that number is stored, and reads it. */
export async function recorded(page: Page, site: Site, from: string): Promise<Tape> {
  const get = async (path: string) => (await page.request.get(`${site.ready.http}/api/${path}`)).json();
  const list = await get("calls");
  const { id } = list.items.find((row: { from: string }) => row.from === from);
  const stored = async () => (await get(`calls/${id}`)).recordings;
  await expect.poll(async () => (await stored())[0]?.format, { timeout: 20_000 }).toBe("opus");
  const recordings = await stored();
  expect(recordings).toHaveLength(1);
  return { pieces: cut(await readRecording(page, recordings[0].url)), gaps: recordings[0].gaps };
}

function cut({ rate, channels }: Recording): Tape["pieces"] {
  const size = rate * piece;
  const heldAt = (channel: 0 | 1, at: number) =>
    everyTone.filter((tone) => strength(channels[channel].subarray(at, at + size), rate, tone) > held);
  const count = Math.floor(channels[0].length / size);
  return Array.from({ length: count }, (_, i) => [heldAt(0, i * size), heldAt(1, i * size)]);
}

/** ever is all tones that a channel holds anywhere. */
export function ever({ pieces }: Tape, channel: 0 | 1): number[] {
  return everyTone.filter((tone) => pieces.some((one) => one[channel].includes(tone)));
}

/** inGaps is all tones that either channel holds inside of its gaps, the edges left out. */
export function inGaps({ pieces, gaps }: Tape): number[] {
  const inside = pieces.filter((_, i) =>
    gaps.some((gap) => i * piece > gap.start_seconds + piece && (i + 1) * piece < gap.end_seconds - piece),
  );
  if (inside.length === 0) throw new Error("the recording has no gap");
  return inside.flat(2);
}

/** beside is what the other channel holds where the customer's holds a mark; a tone there has to be there most of the time. */
export function beside({ pieces }: Tape, mark: number): number[] {
  const marked = (i: number) => pieces[i]?.[0].includes(mark) ?? false;
  const inner = pieces.filter((_, i) => marked(i - 1) && marked(i) && marked(i + 1));
  if (inner.length < 2) throw new Error(`the recording holds the mark of ${mark} Hz in ${inner.length} pieces only`);
  return everyTone.filter((tone) => {
    const times = inner.filter((one) => one[1].includes(tone)).length;
    if (times > 0 && times <= inner.length / 2) throw new Error(`${tone} Hz is heard in ${times} of ${inner.length}`);
    return times > 0;
  });
}
