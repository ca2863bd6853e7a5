import { expect, it } from "vitest";
import type { Line } from "../live/picture.ts";
import { trouble } from "./sound.ts";

const line = (part: Partial<Line>): Line => ({
  call: "c",
  line: 1,
  state: "active",
  direction: "inbound",
  number: "+12025550147",
  started_at: "2026-01-01T10:00:00Z",
  since: "2026-01-01T10:00:00Z",
  muted: false,
  recording: "off",
  can_record: true,
  ...part,
});
const quality = (side: "you" | "them", heard: "you" | "them") =>
  line({ quality: { bad: true, causes: ["loss", "jitter"], side, heard, party: "Elena" } });

it("says nothing while all is well", () => {
  expect(trouble([])).toBeUndefined();
  expect(trouble([line({})])).toBeUndefined();
});

it.each([
  ["them", "you", "youHearThem"],
  ["you", "you", "youHearYou"],
  ["you", "them", "themHearYou"],
  ["them", "them", "themHearThem"],
] as const)("names the side %s when %s hear badly", (side, heard, sentence) => {
  expect(trouble([line({}), quality(side, heard)])).toEqual({
    sentence,
    party: "Elena",
    causes: ["loss", "jitter"],
    repairing: false,
  });
});

it("says that a repair is under way, and that it helped once nothing else is wrong", () => {
  const silent = { deaf: "you", party: "Elena", text: "" } as const;
  expect(trouble([line({ one_way: silent, repair: "trying" })])?.repairing).toBe(true);
  expect(trouble([line({ one_way: silent })])?.repairing).toBe(false);
  expect(trouble([line({ repair: "back" })])?.sentence).toBe("back");
  expect(trouble([line({ repair: "back" }), quality("you", "you")])?.sentence).toBe("youHearYou");
});

it.each([
  ["you", "deafYou"],
  ["them", "deafThem"],
  ["both", "deafBoth"],
] as const)("says first that %s cannot hear", (deaf, sentence) => {
  const silent = line({ one_way: { deaf, party: "Elena", text: "" } });
  expect(trouble([quality("you", "you"), silent])?.sentence).toBe(sentence);
});
