import { expect, it } from "vitest";
import { command, type KeyPress, type Situation } from "./keys.ts";

const press = (key: string, part: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  inText: false,
  ...part,
});
const now = (part: Partial<Situation>): Situation => ({
  enabled: true,
  ringing: false,
  inCall: false,
  keypadOpen: false,
  lost: false,
  ...part,
});

const cases: { name: string; press: KeyPress; now: Situation; want: string | undefined }[] = [
  { name: "A answers what rings", press: press("a"), now: now({ ringing: true }), want: "answer" },
  { name: "D rejects it, with Shift too", press: press("D"), now: now({ ringing: true }), want: "reject" },
  { name: "A means nothing without a ring", press: press("a"), now: now({ inCall: true }), want: undefined },
  { name: "M mutes in a call", press: press("m"), now: now({ inCall: true }), want: "mute" },
  { name: "H holds in a call", press: press("h"), now: now({ inCall: true }), want: "hold" },
  { name: "T transfers in a call", press: press("t"), now: now({ inCall: true }), want: "transfer" },
  { name: "T waits for the server", press: press("t"), now: now({ inCall: true, lost: true }), want: undefined },
  { name: "K opens the keypad in a call", press: press("k"), now: now({ inCall: true }), want: "keypad" },
  { name: "M means nothing outside a call", press: press("m"), now: now({ ringing: true }), want: undefined },
  { name: "a digit needs the open keypad", press: press("5"), now: now({ inCall: true }), want: undefined },
  {
    name: "a digit goes to the open keypad",
    press: press("#"),
    now: now({ inCall: true, keypadOpen: true }),
    want: "digit",
  },
  {
    name: "Escape closes the keypad",
    press: press("Escape"),
    now: now({ inCall: true, keypadOpen: true }),
    want: "close-keypad",
  },
  {
    name: "a text field keeps its letters",
    press: press("a", { inText: true }),
    now: now({ ringing: true }),
    want: undefined,
  },
  { name: "Ctrl+A selects", press: press("a", { ctrlKey: true }), now: now({ ringing: true }), want: undefined },
  {
    name: "a key held down acts once",
    press: press("m", { repeat: true }),
    now: now({ inCall: true }),
    want: undefined,
  },
  { name: "M mutes without the server", press: press("m"), now: now({ inCall: true, lost: true }), want: "mute" },
  {
    name: "a digit needs no server",
    press: press("5"),
    now: now({ inCall: true, keypadOpen: true, lost: true }),
    want: "digit",
  },
  { name: "H waits for the server", press: press("h"), now: now({ inCall: true, lost: true }), want: undefined },
  { name: "A waits for the server", press: press("a"), now: now({ ringing: true, lost: true }), want: undefined },
  { name: "keys can be off", press: press("a"), now: now({ enabled: false, ringing: true }), want: undefined },
];

it.each(cases)("$name", ({ press: pressed, now: situation, want }) => {
  expect(command(pressed, situation)?.do).toBe(want);
});
