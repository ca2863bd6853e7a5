import { expect, it } from "vitest";
import { bufferBetween, playedOf } from "./playout.ts";

const inbound = { type: "inbound-rtp", kind: "audio", packetsDiscarded: 4, jitterBufferDelay: 48_000 * 0.06 };

it("reads what a browser tells of its audio, and takes what it does not tell for nothing", () => {
  expect(playedOf([])).toBeUndefined();
  expect(playedOf([{ type: "outbound-rtp", kind: "audio" }])).toBeUndefined();
  expect(playedOf([{ type: "transport" }, { ...inbound, jitterBufferEmittedCount: 48_000 }])).toEqual({
    discarded: 4,
    waited: 2880,
    samples: 48_000,
  });
  expect(playedOf([{ type: "inbound-rtp", kind: "audio" }])).toEqual({ discarded: 0, waited: 0, samples: 0 });
});

it("gives the mean wait since the last look", () => {
  const first = { discarded: 0, waited: 2880, samples: 48_000 };
  expect(bufferBetween(undefined, first)).toBe(60);
  expect(bufferBetween(first, { discarded: 0, waited: 2880 + 4800, samples: 96_000 })).toBe(100);
  expect(bufferBetween(first, first)).toBe(0);
  expect(bufferBetween(first, { discarded: 0, waited: 10, samples: 480 })).toBe(0);
});
