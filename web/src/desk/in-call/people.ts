import { useEffect } from "react";
import type { Person } from "../../api/types.ts";
import { useDesk, useLive } from "../../phone/context.ts";

/** useWatchPeople asks for everybody's status while the component stands: an agent's picture does not hold it otherwise. */
export function useWatchPeople(): void {
  const { feed } = useDesk();
  useEffect(() => {
    feed.watch("people", true);
    return () => feed.watch("people", false);
  }, [feed]);
}

/** usePeople is everybody of the company; undefined while it is asked for. */
export function usePeople(): readonly Person[] | undefined {
  return useLive((live) => live.people);
}
