import type { Line } from "../live/picture.ts";

/** What a person is told about the recording of the call they are in (RC-2). "lost" is one that stopped by itself. */
export type RecordingChange = "started" | "paused" | "resumed" | "stopped" | "lost";

/** recordingChange compares two pictures of a line. What a queue starts by itself is no news; what stops by itself is. */
export function recordingChange(before: Line, after: Line, asked: boolean): RecordingChange | undefined {
  if (before.call !== after.call || before.recording === after.recording) return undefined;
  switch (after.recording) {
    case "paused":
      return "paused";
    case "off":
      return asked ? "stopped" : "lost";
    case "on":
      if (before.recording === "paused") return "resumed";
      return asked ? "started" : undefined;
  }
}
