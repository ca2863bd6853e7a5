import type { Line } from "../live/picture.ts";

type Cause = NonNullable<Line["quality"]>["causes"][number];

/** Trouble is what the banner says of a call's sound, as the name of a sentence under sound.* of the texts. */
interface Trouble {
  readonly sentence:
    | "youHearThem"
    | "youHearYou"
    | "themHearYou"
    | "themHearThem"
    | "deafYou"
    | "deafThem"
    | "deafBoth"
    | "back";
  readonly party: string;
  readonly causes: readonly Cause[];
  /** Somebody cannot hear somebody, and that is being repaired. */
  readonly repairing: boolean;
}

const deaf = { you: "deafYou", them: "deafThem", both: "deafBoth" } as const;
const poor = {
  you: { you: "youHearYou", them: "youHearThem" },
  them: { you: "themHearYou", them: "themHearThem" },
} as const;

/** trouble finds what is wrong with the sound of the lines; who cannot hear at all comes first, and last that a repair has
 * brought it back (SP-12, BX-57). Pure. */
export function trouble(lines: readonly Line[]): Trouble | undefined {
  for (const { one_way: oneWay, repair } of lines) {
    if (oneWay) return { sentence: deaf[oneWay.deaf], party: oneWay.party, causes: [], repairing: repair === "trying" };
  }
  for (const { quality } of lines) {
    if (quality?.bad) {
      const { party, causes } = quality;
      return { sentence: poor[quality.heard][quality.side], party, causes, repairing: false };
    }
  }
  const back = lines.some((line) => line.repair === "back");
  return back ? { sentence: "back", party: "", causes: [], repairing: false } : undefined;
}
