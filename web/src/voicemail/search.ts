import type { MessageFilter } from "../api/types.ts";

/** What is chosen of the messages, as it stands in the address. Pure. */
export interface VoicemailSearch {
  /** Only this mailbox. */
  readonly box?: string;
  readonly fresh?: true;
  /** The message that is open. */
  readonly message?: string;
}

/** parseSearch keeps what makes sense of an address that anyone may have typed. */
export function parseSearch(raw: Record<string, unknown>): VoicemailSearch {
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  const box = text(raw.box);
  const message = text(raw.message);
  return {
    ...(box && { box }),
    ...((raw.fresh === true || raw.fresh === "true") && { fresh: true as const }),
    ...(message && { message }),
  };
}

/** toFilter is what the server is asked for. */
export function toFilter(search: VoicemailSearch): MessageFilter {
  return { limit: 200, ...(search.box && { mailbox: search.box }), ...(search.fresh && { listened: "false" }) };
}
