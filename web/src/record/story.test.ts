import { expect, it } from "vitest";
import type { TimelineEntry } from "../api/types.ts";
import { story } from "./story.ts";

const entry = (kind: string, params: Record<string, string> = {}): TimelineEntry => ({
  at: "2026-01-01T10:00:00Z",
  kind,
  text_key: `timeline.${kind}`,
  params,
});
const told = (...entries: TimelineEntry[]) => story(entries).map((line) => line.sentence);

it("tells an inbound call without legs and stages", () => {
  expect(
    told(
      entry("began"),
      entry("party-joined", { text: "+12025550147" }),
      entry("directed", { text: "Sales" }),
      entry("queue-entered", { queue: "Sales" }),
      entry("entered", { text: "queued" }),
      entry("ring-began", { agent: "Ann" }),
      entry("ring-confirmed", { agent: "Ann", text: "browser" }),
      entry("ring-over", { agent: "Ann", result: "answered" }),
      entry("party-joined", { agent: "Ann" }),
      entry("queue-left", { queue: "Sales", result: "answered" }),
      entry("leg-closed", { text: "normal" }),
      entry("finished", { result: "answered" }),
    ),
  ).toEqual(["arrived", "directed", "queued", "offered", "answered", "endedPlain"]);
});

it("tells by which numbers a call came", () => {
  const forwarded = entry("forwarded", { text: "+3225550101", result: "because nobody answered" });
  expect(told(entry("began"), forwarded)).toEqual(["arrived", "forwarded"]);
});

it("tells who answers an outbound call, and why one failed", () => {
  expect(
    told(
      entry("began", { agent: "Ann" }),
      entry("leg-opened"),
      entry("party-joined", { text: "+3222123456" }),
      entry("finished"),
    ),
  ).toEqual(["dialled", "joined", "endedPlain"]);
  expect(told(entry("began", { agent: "Ann" }), entry("finished", { text: "busy" }))).toEqual(["dialled", "ended"]);
});

it("tells who was rung beside the one who answered", () => {
  expect(
    told(
      entry("ring-over", { agent: "Ann", result: "answered" }),
      entry("ring-over", { agent: "Bob", result: "canceled", text: "another agent has answered" }),
      entry("answered-late", { agent: "Bob", text: "another agent has answered" }),
      entry("ring-over", { agent: "Cem", result: "canceled" }),
    ),
  ).toEqual(["answered", "canceledSince", "answeredLate", "canceled"]);
});

it("tells what a repair has come to, but not of one that was dropped", () => {
  expect(
    told(
      entry("repair-began", { text: "1" }),
      entry("repair-over", { result: "unchanged" }),
      entry("repair-began", { text: "2" }),
      entry("repair-over", { result: "refused", text: "488" }),
      entry("repair-began", { agent: "Ann", text: "1" }),
      entry("repair-over", { agent: "Ann", result: "back" }),
      entry("repair-over", { result: "dropped" }),
    ),
  ).toEqual(["repair", "repairUnchanged", "repair", "repairRefused", "repairAgent", "repairBackAgent"]);
});

it("tells of poor sound and of who is not heard", () => {
  expect(
    told(
      entry("sound-judged", { result: "from", text: "loss" }),
      entry("sound-judged", { result: "from" }),
      entry("sound-judged", { agent: "Ann", result: "to", text: "jitter" }),
      entry("one-way-heard", { agent: "Ann", result: "unheard" }),
      entry("one-way-heard", { result: "both" }),
      entry("one-way-heard", { result: "over" }),
    ),
  ).toEqual(["soundPoor", "soundGood", "soundPoorAgent", "unheardAgent", "muteBoth", "heardAgain"]);
});

it("tells the way through a menu and a queue into a mailbox", () => {
  expect(
    told(
      entry("began"),
      entry("directed", { text: "Main", result: "menu" }),
      entry("menu-asked", { text: "Main", result: "1" }),
      entry("menu-keyed", { text: "9", result: "invalid" }),
      entry("menu-keyed", { result: "nothing" }),
      entry("menu-keyed", { text: "1", result: "chosen" }),
      entry("queue-entered", { queue: "Sales" }),
      entry("wait-told", { text: "2", result: "3" }),
      entry("wait-told", { result: "3" }),
      entry("menu-keyed", { text: "*", result: "opt_out" }),
      entry("menu-keyed", { text: "?", result: "unheard of" }),
      entry("menu-asked", { agent: "Ann", text: "Main", result: "1" }),
      entry("menu-keyed", { agent: "Ann", text: "1", result: "chosen" }),
      entry("menu-keyed", { agent: "Ann", result: "nothing" }),
      entry("menu-keyed", { text: "1", result: "reclaimed" }),
      entry("menu-keyed", { text: "2", result: "callback_dropped" }),
      entry("called-back", { queue: "Sales", text: "1" }),
      entry("queue-left", { queue: "Sales", result: "voicemail" }),
      entry("message-left", { result: "9" }),
      entry("message-dropped", { text: "too short" }),
      entry("scored", { text: "kind", result: "5" }),
      entry("tagged"),
      entry("finished", { result: "voicemail" }),
    ),
  ).toEqual([
    "arrived",
    "directed",
    "menuAsked",
    "menuInvalid",
    "menuNothing",
    "menuChosen",
    "queued",
    "waitTold",
    "optedOut",
    "assistedAsked",
    "assistedKeyed",
    "reclaimed",
    "callbackDropped",
    "attempt",
    "leftQueue",
    "messageLeft",
    "messageDropped",
    "scored",
    "endedPlain",
  ]);
});

it("tells whom agents bring in, and what comes of it", () => {
  expect(
    told(
      entry("move-began", { agent: "Ann", text: "warm" }),
      entry("move-over", { agent: "Ann", text: "Bob", result: "merged" }),
      entry("move-began", { agent: "Ann", text: "cold" }),
      entry("move-over", { agent: "Ann", text: "Bob: no answer", result: "failed" }),
    ),
  ).toEqual(["consulting", "merged", "transferring", "moveFailed"]);
});

it("tells who asks for help, and whether somebody comes", () => {
  expect(
    told(
      entry("help-asked", { agent: "Ann", text: "angry" }),
      entry("help-over", { agent: "Ann", on: "Sam", result: "accepted" }),
      entry("help-over", { agent: "Ann", result: "unanswered" }),
      entry("help-over", { agent: "Ann", result: "left" }),
    ),
  ).toEqual(["help.asked", "help.accepted", "help.unanswered"]);
});

it("tells who hears a call besides those in it", () => {
  expect(
    told(
      entry("watch-began", { agent: "Sam", on: "Ann", result: "listen" }),
      entry("watch-changed", { agent: "Sam", on: "Ann", result: "coach" }),
      entry("watch-changed", { agent: "Sam", on: "Ann", result: "barge" }),
      entry("watch-over", { agent: "Sam", result: "barge" }),
    ),
  ).toEqual(["watch.listen", "watch.coach", "watch.barge", "watch.over"]);
});
