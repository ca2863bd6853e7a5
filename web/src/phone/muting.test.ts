import { expect, it } from "vitest";
import { type Ask, type MutingSignal, mute, notMuted, silent, waiting } from "./muting.ts";

const line = (muted: boolean, call = "c1"): MutingSignal => ({ kind: "line", call, muted });
const press: MutingSignal = { kind: "press" };
const lost: MutingSignal = { kind: "lost" };
const alive: MutingSignal = { kind: "alive" };

/** run tells of each signal what the person sees ("-" open, "M" muted, with "?" while it waits) and what is asked. */
function run(signals: MutingSignal[]): string {
  let now = notMuted;
  const told = signals.map((signal) => {
    const { muting, ask } = mute(now, signal);
    now = muting;
    return (silent(now) ? "M" : "-") + (waiting(now) ? "?" : "") + (ask ? put(ask) : "");
  });
  return told.join(" ");
}

const put = ({ call, muted }: Ask) => `!${muted ? "mute" : "unmute"}:${call}`;

const cases: { name: string; signals: MutingSignal[]; want: string }[] = [
  { name: "mutes at once and asks", signals: [line(false), press, line(true)], want: "- M?!mute:c1 M" },
  {
    name: "unmutes when the server has",
    signals: [line(true), press, line(false)],
    want: "M M?!unmute:c1 -",
  },
  {
    name: "mutes without the server and asks once it is back",
    signals: [line(false), lost, press, alive, line(false), line(true)],
    want: "- - M? M? M?!mute:c1 M",
  },
  {
    name: "takes a mute back that the server never knew",
    signals: [line(false), lost, press, press],
    want: "- - M? -",
  },
  {
    name: "keeps silent until the server has unmuted",
    signals: [line(true), lost, press, line(true), line(false)],
    want: "M M M? M?!unmute:c1 -",
  },
  {
    name: "stays muted when the question does not arrive, and asks again with the next sign of life",
    signals: [line(false), press, { kind: "unreachable" }, alive, line(true)],
    want: "- M?!mute:c1 M? M?!mute:c1 M",
  },
  {
    name: "asks again after a link that was lost with the question",
    signals: [line(false), press, lost, { kind: "unreachable" }, line(false)],
    want: "- M?!mute:c1 M? M? M?!mute:c1",
  },
  { name: "a refusal shows what is", signals: [line(false), press, { kind: "refused" }], want: "- M?!mute:c1 -" },
  {
    name: "asks one thing at a time, the last wish last",
    signals: [line(false), press, press, line(false), line(true), line(false)],
    want: "- M?!mute:c1 -? -? M?!unmute:c1 -",
  },
  {
    name: "another event of the call asks nothing twice",
    signals: [line(false), press, line(false)],
    want: "- M?!mute:c1 M?",
  },
  { name: "the next call begins open", signals: [line(false), lost, press, line(false, "c2")], want: "- - M? -" },
  {
    name: "the end of the call ends the wish",
    signals: [line(false), lost, press, { kind: "line", muted: false }],
    want: "- - M? -",
  },
  { name: "nothing is muted outside a call", signals: [press, lost, press], want: "- - -" },
];

it.each(cases)("$name", ({ signals, want }) => {
  expect(run(signals)).toBe(want);
});
