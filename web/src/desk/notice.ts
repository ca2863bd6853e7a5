import type { Notice } from "../api/types.ts";
import { say } from "../i18n/bell.ts";
import { readable } from "../phone/number.ts";
import { short } from "../ui/format.ts";

/** What a notice says, in one sentence and one line more. Pure but for the words. */
export interface Sentence {
  readonly title: string;
  readonly detail: string;
}

/** who is the other side as a person names it. */
export function who({ data }: Notice): string {
  const number = readable(data.number ?? "");
  return data.name && number ? `${data.name} (${number})` : data.name || number || say("withheld");
}

/** sentence makes words of a notice. */
export function sentence(notice: Notice): Sentence {
  const { kind, data } = notice;
  const { agent, queue, greeting, why = "", percent = 0, calls = 0, goal = 0, mailbox } = data;
  switch (kind) {
    case "missed_call":
      return { title: say(kind, { who: who(notice) }), detail: queue || say("direct") };
    case "message":
      return {
        title: say(kind, { who: who(notice) }),
        detail: say("box", { mailbox, length: short(data.seconds ?? 0) }),
      };
    case "drop_failed":
      return { title: say(kind, { greeting, who: who(notice) }), detail: why };
    case "level_fell":
      return { title: say(kind, { queue, percent }), detail: say("levelDetail", { calls, goal }) };
    case "repaired":
      if (data.what === "legless") {
        return { title: say("repairedLegless"), detail: queue ?? "" };
      }
      return {
        title: data.what === "call" ? say("repairedCall", { queue }) : say(kind, { agent }),
        detail: queue ?? "",
      };
    case "locked":
      return { title: say(kind, { agent }), detail: why };
    case "callback_unreached":
      return { title: say(kind, { who: who(notice) }), detail: queue ?? "" };
    case "device_asleep":
      return { title: agent ? say(kind, { agent }) : say("asleepOwn"), detail: say("asleepDetail") };
    case "emergency_call":
      return { title: say(kind, { agent, number: data.number }), detail: help(data) };
    case "text_failed":
      return { title: say(kind, { agent, number: readable(data.number ?? "") }), detail: why };
    case "override_requested":
      return { title: say(kind, { agent, who: who(notice) }), detail: why };
  }
}

/** help is where to send somebody, how to call back, and what went wrong. */
function help({ location, call_back, why }: Notice["data"]): string {
  const words = [location || say("nowhere"), call_back && say("helpNumber", { number: readable(call_back) }), why];
  return words.filter(Boolean).join(" · ");
}
