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
    | "deafBoth";
  readonly party: string;
  readonly causes: readonly Cause[];
}

const deaf = { you: "deafYou", them: "deafThem", both: "deafBoth" } as const;
const poor = {
  you: { you: "youHearYou", them: "youHearThem" },
  them: { you: "themHearYou", them: "themHearThem" },
} as const;

/** trouble finds what is wrong with the sound of the lines; who cannot hear at all comes first (SP-12, BX-57). Pure. */
export function trouble(lines: readonly Line[]): Trouble | undefined {
  for (const { one_way: oneWay } of lines) {
    if (oneWay) return { sentence: deaf[oneWay.deaf], party: oneWay.party, causes: [] };
  }
  for (const { quality } of lines) {
    if (quality?.bad) {
      return { sentence: poor[quality.heard][quality.side], party: quality.party, causes: quality.causes };
    }
  }
  return undefined;
}
