import "../../i18n/console.ts";
import i18n from "../../i18n/i18n.ts";
import type { Recorded } from "./layout.ts";
import type { Values } from "./values.ts";

/** What a new record begins with beyond its defaults: a router proposes the holidays first (TM-5). */
export const starters: Partial<Readonly<Record<Recorded, Values>>> = {
  time_router: { entries: [{ name: i18n.t("router.holidays", { ns: "console" }) }] },
  number: { destination: { kind: "hangup" } },
  menu: { default_destination: { kind: "hangup" } },
};
