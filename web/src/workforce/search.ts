/** What the workforce screen shows, as it stands in the address. Pure. */
export interface WorkSearch {
  readonly from?: string;
  readonly to?: string;
  readonly view?: View;
  readonly measure?: "call_volume" | "chat_volume";
  readonly agent?: string;
  readonly queue?: string;
  readonly channel?: string;
  readonly status?: string;
  readonly trigger?: string;
}

const views = ["heat", "day", "level", "events"] as const;

export type View = (typeof views)[number];

const isDay = (text: unknown): text is string =>
  typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** Words that stand in the address as they are. */
const texts = ["agent", "queue", "channel", "status", "trigger"] as const;

/** parseSearch keeps what makes sense of an address that anyone may have typed. */
export function parseSearch(raw: Record<string, unknown>): WorkSearch {
  const { from, to, view, measure } = raw;
  return {
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
    ...(views.includes(view as View) && { view: view as View }),
    ...((measure === "call_volume" || measure === "chat_volume") && { measure }),
    ...Object.fromEntries(
      texts.flatMap((name) => (raw[name] && typeof raw[name] === "string" ? [[name, raw[name]]] : [])),
    ),
  };
}
