import { createContext, useContext } from "react";
import { type Line, type Live, linesAt } from "../live/picture.ts";
import { useStore, useTick } from "../live/use-store.ts";
import type { Desk } from "./desk.ts";
import { silent } from "./muting.ts";

export const DeskContext = createContext<Desk | undefined>(undefined);

/** useDesk is the live side of this tab. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("this component stands outside the desk");
  return desk;
}

/** useLive picks a part of the picture; the component draws again only when that part is another one. */
export function useLive<T>(pick: (live: Live) => T): T | undefined {
  const { feed } = useDesk();
  return useStore(feed.live, (live) => (live ? pick(live) : undefined));
}

/** useLines is the lines to show: those that live, and for a moment those that have just ended. */
export function useLines(): Line[] {
  const me = useLive((live) => live.me);
  const { feed } = useDesk();
  return linesAt(me, useTick() + feed.offset());
}

/** usePending says whether a command waits for the server. */
export function usePending(name: string): boolean {
  return useStore(useDesk().calls.pending, (names) => names.has(name));
}

/** useLost says whether the server cannot be reached. */
export function useLost(): boolean {
  return useStore(useDesk().feed.link, (link) => link.state === "lost");
}

/** useMuted says whether a line's far side hears nothing of the person. */
export function useMuted(line: Line): boolean {
  return useStore(useDesk().calls.muting, (now) => (now.call === line.call ? silent(now) : line.muted));
}

/** useSeconds counts whole seconds from a moment of the server's clock to now, or from now to it when it lies ahead. */
export function useSeconds(moment: string | undefined, direction: "since" | "until" = "since"): number {
  const tick = useTick();
  const { feed } = useDesk();
  if (moment === undefined) return 0;
  const gone = tick + feed.offset() - Date.parse(moment);
  return Math.max(0, direction === "since" ? Math.floor(gone / 1000) : Math.ceil(-gone / 1000));
}
