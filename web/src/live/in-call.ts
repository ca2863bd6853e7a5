import type { CallLine, CallParty } from "./transfer.ts";

/** What a person may do with the others in a call, by what the server said last. Pure. */

/** Way is how somebody else comes into a call. */
export type Way = "transfer" | "warm" | "conference";

/** Stage is how a call stands for the person in it:
 *  - none: there is nobody yet to be transferred;
 *  - talking: with one other;
 *  - transferring: the server has been asked for somebody else, and nothing is said of them yet;
 *  - consulting: line 2 is somebody else, and the others wait on line 1;
 *  - conference: with two or more others at once. */
export type Stage = "none" | "talking" | "transferring" | "consulting" | "conference";

/** The most legs of a call, supervisors left out (TR-5). */
const mostLegs = 10;

/** linesOf is the lines of one call that live, line 1 first. */
export function linesOf(lines: readonly CallLine[], call: string): CallLine[] {
  return lines
    .filter((line) => line.call === call && line.state !== "ended" && line.state !== "incoming")
    .toSorted((a, b) => a.line - b.line);
}

/** mainLine is line 1 of a line's call: what is known of the customer and of the recording stands there. */
export function mainLine(lines: readonly CallLine[], line: CallLine): CallLine {
  return linesOf(lines, line.call)[0] ?? line;
}

/** partiesOf is everybody in a call, as its lines say. */
export function partiesOf(lines: readonly CallLine[], call: string): readonly CallParty[] {
  return linesOf(lines, call).find((line) => line.parties)?.parties ?? [];
}

/** othersIn is everybody in a call but oneself, also who is only being called. */
export function othersIn(lines: readonly CallLine[], call: string): CallParty[] {
  return partiesOf(lines, call).filter((party) => !party.you);
}

/** stageOf finds the stage of a call. */
export function stageOf(lines: readonly CallLine[], call: string): Stage {
  const mine = linesOf(lines, call);
  if (mine.some((line) => line.line === 2 && !line.two_calls)) return "consulting";
  const one = mine.find((line) => line.state === "active" || line.state === "held");
  if (!one || one.emergency) return "none";
  if (one.transfer && one.transfer.state !== "failed") return "transferring";
  return othersIn(lines, call).length > 1 ? "conference" : "talking";
}

/** waysOf is how somebody else may come into a call now. While another call is on the other line nobody can be called. Of a conference nobody can be transferred by themselves. */
export function waysOf(lines: readonly CallLine[], call: string): readonly Way[] {
  const stage = stageOf(lines, call);
  if (linesOf(lines, call).some((line) => line.two_calls)) return stage === "talking" ? ["transfer"] : [];
  if (stage === "talking") return ["transfer", "warm", "conference"];
  return stage === "conference" && partiesOf(lines, call).length < mostLegs ? ["conference"] : [];
}

/** target is who is spoken to or being reached on line 2, unless they stand among the parties already. */
function target(lines: readonly CallLine[], call: string): CallLine | undefined {
  const [one, two] = linesOf(lines, call);
  if (!one || !two) return undefined;
  return partiesOf(lines, call).some((party) => party.line === 2 && !party.you) ? undefined : two;
}

/** Staying is somebody who stays in a call when the person leaves it. */
export interface Staying {
  readonly key: string;
  readonly name?: string | undefined;
  readonly number?: string | undefined;
}

/** stayingIn is everybody who would stay with each other, also who is only being called. */
export function stayingIn(lines: readonly CallLine[], call: string): readonly Staying[] {
  const two = target(lines, call);
  const others = othersIn(lines, call).map(({ id, name, number }) => ({ key: id, name, number }));
  return two ? [...others, { key: "line 2", name: two.name, number: two.number }] : others;
}

/** asksHowToLeave says whether hanging up must be asked about: others would stay with each other (TR-6). */
export function asksHowToLeave(lines: readonly CallLine[], call: string): boolean {
  return stayingIn(lines, call).length > 1;
}

/** outsidersOnly says whether nobody of the company would stay when the person leaves. */
export function outsidersOnly(lines: readonly CallLine[], call: string): boolean {
  const comes = target(lines, call) && linesOf(lines, call).find((line) => line.transfer)?.transfer?.to.kind;
  return (!comes || comes === "external") && othersIn(lines, call).every((party) => party.kind !== "agent");
}

/** ConsultKey is a way on from a consultation (TR-3, TR-4). */
export type ConsultKey = "swap" | "merge" | "complete" | "cancel";

/** consultKeys is which of them there are. With one line there is just the way back. While line 2 is being reached there is
 * nobody to merge with, and the agent may go only where one other waits, who hears it ring then. */
export function consultKeys(lines: readonly CallLine[], call: string): readonly ConsultKey[] {
  const [one, two] = linesOf(lines, call);
  if (!one || !two) return ["cancel"];
  if (two.state !== "dialling") return ["swap", "merge", "complete", "cancel"];
  const waiting = othersIn(lines, call).filter((party) => party.state === "joined");
  return waiting.length > 1 ? ["swap", "cancel"] : ["swap", "complete", "cancel"];
}

/** PartyKey is what can be done with one party (TR-1, TR-5). */
export type PartyKey = "hold" | "resume" | "mute" | "unmute" | "remove";

/** partyKeys is what can be done with a party of a conference now. Who is alone with the person is held and hung up on by
 * the keys of the call; two lines are brought together first. */
export function partyKeys(lines: readonly CallLine[], call: string, party: CallParty): readonly PartyKey[] {
  if (party.you || party.state === "dialling" || stageOf(lines, call) !== "conference") return [];
  return [party.held ? "resume" : "hold", party.muted ? "unmute" : "mute", "remove"];
}

/** PartyState is how a party stands, in one word. */
export function partyState(party: CallParty): "dialling" | "held" | "muted" | "talking" | "joined" {
  if (party.state === "dialling") return "dialling";
  if (party.held) return "held";
  if (party.muted) return "muted";
  return party.talking ? "talking" : "joined";
}
