/** What is said of transfers and conferences (TR-1 to TR-9), under the names of the product. */

export type { CallDestinations, CallParty, Line as CallLine, Named, TransferNow } from "../api/types.ts";

/** Destination is where a call may be led, or who may be called into it. */
export interface Destination {
  readonly kind: "agent" | "queue" | "menu" | "mailbox" | "external";
  /** An id; of `external` a number as it is dialled. */
  readonly target: string;
}
