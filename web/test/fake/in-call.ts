import type { CallDestinations, CallLine, CallParty } from "../../src/live/transfer.ts";
import { ago } from "./data.ts";
import { line } from "./live.ts";

/** Calls with more than two in them. */

export const destinations: CallDestinations = {
  queues: [
    { id: "queue-1", name: "Sales" },
    { id: "queue-2", name: "Support" },
  ],
  menus: [{ id: "menu-1", name: "Welcome" }],
  mailboxes: [{ id: "mailbox-1", name: "Sales messages" }],
  numbers: [],
};

const party = (id: string, name: string, part: Partial<CallParty> = {}): CallParty => ({
  id,
  kind: "agent",
  name,
  number: "",
  state: "joined",
  line: 1,
  ...part,
});

export const ann = party("party-1", "Ann Lindgren", { you: true });
export const elena = party("party-2", "Elena Petrova", { kind: "customer", number: "+12025550147" });
export const ben = party("party-3", "Ben Ortiz");

/** talk is a call that is spoken in. */
export const talk = (part: Partial<CallLine> = {}): CallLine => ({
  ...line({ state: "active", since: ago(134), started_at: ago(160) }),
  parties: [ann, elena],
  ...part,
});

/** consult is the two lines of a consultation with Ben. */
export function consult(two: "dialling" | "active" | "held"): CallLine[] {
  const state = two === "dialling" ? "ringing" : "talking";
  const one = two === "held" ? "active" : "held";
  const transfer = {
    warm: true,
    to: { kind: "agent", target: "agent-2" },
    name: "Ben Ortiz",
    state,
    since: ago(8),
  } as const;
  const parties = [
    ann,
    { ...elena, held: one === "held" },
    { ...ben, line: 2, state: two === "dialling" ? "dialling" : "joined", held: two === "held" } as const,
  ];
  const {
    name: _name,
    customer: _customer,
    queue_name: _queue,
    offer: _offer,
    parties: _parties,
    ...common
  } = talk({ parties });
  return [
    talk({ state: one, since: ago(8), parties, transfer }),
    {
      ...common,
      line: 2,
      state: two,
      name: "Ben Ortiz",
      number: "102",
      direction: "outbound",
      can_record: false,
      since: ago(8),
    },
  ];
}
