import type { Page } from "@playwright/test";
import type { Caller } from "./caller.ts";
import { expect, hears } from "./world.ts";

/** The tones of the agents' and the supervisor's microphones, in hertz. None is a multiple of another, and hold music has
 * next to nothing there. */
export const tones = { Ann: 700, Bob: 850, Sam: 1050, Ada: 1240 };

/** What callers speak, and what they speak while a recording is to show how the call stood. */
export const callerTones = { first: 440, second: 540 };
const marks = Array.from({ length: 13 }, (_, i) => 1450 + 90 * i);

/** everyTone is all that anybody may be heard by. */
export const everyTone = [...Object.values(callerTones), ...Object.values(tones), ...marks];

/** anything is where some sound would be found, whatever it is. */
const anything = Array.from({ length: 100 }, (_, i) => 200 + 29 * i);

/** From which strength on a tone is there, and below which it is not, 0 to 1; each is sent at 0.3. */
const there = 0.08;
const notThere = 0.03;

/** The word for a caller who hears none of the tones, but something. */
export const music = "music";

/** Sound is how strong each of everyTone is heard, and how loud all is, 0 to 1. */
interface Sound {
  strengths: number[];
  level: number;
}

interface Party {
  tone: number;
  listen(): Promise<Sound>;
}

/** Heard is for each party whom it hears: names in the order of the alphabet, music, or nobody. */
export type Heard = Record<string, string>;

/** Ears is who hears whom: everybody who is there, each with a tone of its own. */
export class Ears {
  private readonly parties = new Map<string, Party>();
  private readonly callers = new Map<string, Caller>();
  private marked = 0;

  /** page adds who speaks by a page; its browser's microphone gives the tone of that name. */
  page(name: keyof typeof tones, page: Page): void {
    const listen = async () => {
      const decibels = await hears(page, [...everyTone, ...anything]);
      // A sine of amplitude 1 is shown as 0.21 by the analyser: half of it, under a Blackman window.
      const strengths = decibels.map((one) => 10 ** (one / 20) / 0.21);
      return { strengths: strengths.slice(0, everyTone.length), level: Math.max(...strengths) };
    };
    this.parties.set(name, { tone: tones[name], listen });
  }

  /** caller adds who speaks by the SIP program, which was started with the tone of that name. */
  caller(name: keyof typeof callerTones, caller: Caller): void {
    const listen = () =>
      Promise.resolve({ strengths: everyTone.map((one) => caller.strengthOf(one)), level: caller.level() });
    this.parties.set(name, { tone: callerTones[name], listen });
    this.callers.set(name, caller);
  }

  /** gone takes out a party that has left for good. */
  gone(name: string): void {
    this.parties.delete(name);
    this.callers.delete(name);
  }

  /** hear waits until everybody hears whom the table says and nobody else, in two looks one after the other. */
  async hear(wanted: Heard): Promise<void> {
    let before: Heard = {};
    const twice = async () => {
      const last = before;
      before = await this.look();
      return [last, before];
    };
    await expect.poll(twice, { timeout: 30_000, intervals: [100, 500] }).toEqual([wanted, wanted]);
  }

  /** mark waits for the table, then has the caller speak another tone while it stands, and gives that tone: whoever reads
   * the recording finds this moment by it. */
  async mark(name: keyof typeof callerTones, wanted: Heard): Promise<number> {
    await this.hear(wanted);
    const tone = marks[this.marked++];
    if (tone === undefined) throw new Error("there are no more tones to mark with");
    this.speaks(name, tone);
    await this.hear(wanted);
    this.speaks(name, callerTones[name]);
    return tone;
  }

  private speaks(name: string, tone: number): void {
    const party = this.parties.get(name);
    if (!party) throw new Error(`${name} is not there`);
    party.tone = tone;
    this.callers.get(name)?.command(`tone ${tone}`);
  }

  private async look(): Promise<Heard> {
    const all = await Promise.all(
      [...this.parties].map(async ([name, party]) => [name, this.named(await party.listen())] as const),
    );
    return Object.fromEntries(all);
  }

  /** named is whose tones a sound holds; one that is neither there nor not is told by its strength. */
  private named({ strengths, level }: Sound): string {
    const names = everyTone.flatMap((tone, i) => {
      const strength = strengths[i] ?? 0;
      if (strength < notThere) return [];
      const whose = [...this.parties].find(([, party]) => party.tone === tone)?.[0] ?? `${tone} Hz`;
      return [strength > there ? whose : `${whose} at ${strength.toFixed(3)}`];
    });
    if (names.length === 0) return level > 0.01 ? music : "";
    return names.toSorted((a, b) => a.localeCompare(b)).join(" ");
  }
}
