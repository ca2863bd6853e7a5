import type { Contact, Person } from "../../api/types.ts";
import type { Way } from "../../live/in-call.ts";
import { onCallPresence } from "../../live/picture.ts";
import type { Destination, Named } from "../../live/transfer.ts";
import { dialable, readable } from "../../phone/number.ts";

/** Who and what can be picked for a transfer or a conference (TR-7). Pure. */

export type Kind = "agent" | "queue" | "menu" | "mailbox" | "contact" | "number" | "convert";

/** kindsOf is what a way can lead to, and the conversion to a lead, which leads nowhere: only where somebody may answer can anybody be spoken with first. */
export function kindsOf(way: Way): readonly Kind[] {
  if (way === "transfer") return ["agent", "queue", "menu", "mailbox", "contact", "number", "convert"];
  return ["agent", "queue", "menu", "contact", "number"];
}

/** helpOf is what is said of a kind where it is not plain what comes of it. */
export function helpOf(way: Way, kind: Kind): "waitThere" | "keyThere" | undefined {
  if (way === "transfer") return undefined;
  return kind === "queue" ? "waitThere" : kind === "menu" ? "keyThere" : undefined;
}

/** Choice is one row of the picker. */
export interface Choice {
  readonly key: string;
  readonly name: string;
  readonly detail: string;
  /** Where it leads; without it the row is shown and cannot be picked. */
  readonly to?: Destination;
}

type Status = NonNullable<Person["status"]>;

/** isFree says whether an agent can take a transfer, which some do while unavailable too (TR-12); calls to who is not to be
 * disturbed go to voicemail. */
const isFree = ({ status, presence, transfers_while_unavailable }: Person) =>
  (status === "available" || (status === "unavailable" && transfers_while_unavailable === true)) &&
  presence.do_not_disturb !== true;

/** stateOf is how an agent stands: the status, and the presence that was picked. */
export function stateOf({ status = "offline", presence }: Person, word: (status: Status) => string): string {
  const picked = presence.id !== "available" && presence.id !== onCallPresence;
  return picked ? `${word(status)}, ${presence.name}` : word(status);
}

/** agentChoices is everybody else, who is free first; only they can be picked. */
export function agentChoices(
  people: readonly Person[],
  me: string | undefined,
  word: (status: Status) => string,
): Choice[] {
  return people
    .flatMap((person) => (person.agent && person.agent !== me ? [{ ...person, agent: person.agent }] : []))
    .toSorted((a, b) => Number(isFree(b)) - Number(isFree(a)) || a.name.localeCompare(b.name))
    .map((person) => ({
      key: person.agent,
      name: person.name,
      detail: [person.extension, stateOf(person, word)].filter(Boolean).join(" · "),
      ...(isFree(person) && { to: { kind: "agent", target: person.agent } }),
    }));
}

/** stillFree is what was picked, unless it is an agent who can no longer take a call. */
export function stillFree(to: Destination | undefined, people: readonly Person[]): Destination | undefined {
  const gone = to?.kind === "agent" && !people.some((person) => person.agent === to.target && isFree(person));
  return gone ? undefined : to;
}

/** namedChoices is queues, menus or mailboxes. */
export function namedChoices(kind: "queue" | "menu" | "mailbox", all: readonly Named[]): Choice[] {
  return all.map(({ id, name }) => ({ key: id, name, detail: "", to: { kind, target: id } }));
}

/** contactChoices is one row for each number of a contact, and one that cannot be picked for who has none. */
export function contactChoices(contacts: readonly Contact[], noNumber: string): Choice[] {
  return contacts.flatMap(({ id, fields: { name, company, numbers = [] } }): Choice[] => {
    const about = (last: string) => [company, last].filter(Boolean).join(" · ");
    if (numbers.length === 0) return [{ key: id, name, detail: about(noNumber) }];
    return numbers.map((number) => ({
      key: `${id} ${number}`,
      name,
      detail: about(readable(number)),
      to: { kind: "external", target: dialable(number) },
    }));
  });
}

/** found is what a search leaves, by name and detail. */
export function found(choices: readonly Choice[], search: string): Choice[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter(({ name, detail }) => {
    const text = `${name} ${detail}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Typed is where a typed number leads: nowhere yet, to an agent by the extension, or outside. */
export interface Typed {
  readonly to?: Destination;
  /** The agent with this extension, who cannot take a call now. */
  readonly busy?: Person;
  readonly yourself?: boolean;
}

/** typed reads what was typed. */
export function typed(text: string, people: readonly Person[], me: string | undefined): Typed {
  const number = dialable(text);
  if (number === "") return {};
  const person = people.find(({ agent, extension }) => agent !== undefined && extension === number);
  if (!person?.agent) return { to: { kind: "external", target: number } };
  if (person.agent === me) return { yourself: true };
  return isFree(person) ? { to: { kind: "agent", target: person.agent } } : { busy: person };
}

/** hearsNotes says whether a kind of destination has a ring card on which notes can stand (TR-9). */
export function hearsNotes(kind: Kind): boolean {
  return kind === "agent" || kind === "queue" || kind === "menu";
}
