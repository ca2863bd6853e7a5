import { describe, expect, it } from "vitest";
import { playerKey, speeds } from "./player-keys.ts";

const place = { at: 47, duration: 94, speed: 1 };

describe("a key on the waveform", () => {
  it.each([
    [" ", { do: "toggle" }],
    ["Enter", { do: "toggle" }],
    ["ArrowLeft", { do: "seek", to: 42 }],
    ["ArrowRight", { do: "seek", to: 52 }],
    ["PageUp", { do: "seek", to: 77 }],
    ["PageDown", { do: "seek", to: 17 }],
    ["Home", { do: "seek", to: 0 }],
    ["End", { do: "seek", to: 94 }],
    ["<", { do: "speed", speed: 0.5 }],
    [">", { do: "speed", speed: 1.5 }],
    ["Tab", undefined],
    ["h", undefined], // is the phone's
  ])("%s", (key, want) => {
    expect(playerKey(key, place)).toEqual(want);
  });
});

it("stays within the recording, and within half and double speed", () => {
  expect(playerKey("ArrowLeft", { ...place, at: 2 })).toEqual({ do: "seek", to: 0 });
  expect(playerKey("PageUp", { ...place, at: 80 })).toEqual({ do: "seek", to: 94 });
  expect(playerKey("<", { ...place, speed: 0.5 })).toEqual({ do: "speed", speed: 0.5 });
  expect(playerKey(">", { ...place, speed: 2 })).toEqual({ do: "speed", speed: 2 });
  expect([speeds[0], speeds.at(-1)]).toEqual([0.5, 2]);
});
