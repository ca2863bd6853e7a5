import { expect, it } from "vitest";
import type { Line } from "../live/picture.ts";
import { recordingChange } from "./recording.ts";

const line = (recording: Line["recording"], call = "c1") => ({ call, recording }) as Line;

const cases: { name: string; from: Line; to: Line; asked: boolean; want: string | undefined }[] = [
  { name: "started by hand", from: line("off"), to: line("on"), asked: true, want: "started" },
  { name: "started by the queue", from: line("off"), to: line("on"), asked: false, want: undefined },
  { name: "paused", from: line("on"), to: line("paused"), asked: true, want: "paused" },
  { name: "resumed", from: line("paused"), to: line("on"), asked: true, want: "resumed" },
  { name: "stopped by hand", from: line("paused"), to: line("off"), asked: true, want: "stopped" },
  { name: "stopped by a full disk", from: line("on"), to: line("off"), asked: false, want: "lost" },
  { name: "nothing new", from: line("on"), to: line("on"), asked: true, want: undefined },
  { name: "another call", from: line("on"), to: line("off", "c2"), asked: false, want: undefined },
];

it.each(cases)("$name", ({ from, to, asked, want }) => {
  expect(recordingChange(from, to, asked)).toBe(want);
});
