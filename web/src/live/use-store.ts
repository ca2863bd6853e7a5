import { useSyncExternalStore } from "react";
import { createStore, type Store } from "./store.ts";

/** useStore reads a store, or a part of it that `pick` finds; the part must keep its identity while it is unchanged. */
export function useStore<T>(store: Store<T>): T;
export function useStore<T, P>(store: Store<T>, pick: (value: T) => P): P;
export function useStore<T, P>(store: Store<T>, pick?: (value: T) => P): T | P {
  const read = () => (pick ? pick(store.get()) : store.get());
  return useSyncExternalStore(store.subscribe, read);
}

const ticks = createStore(Date.now());
let watched = 0;
let timer = 0;

const everySecond: Store<number> = {
  get: ticks.get,
  subscribe(watch) {
    if (watched++ === 0) {
      ticks.set(Date.now());
      timer = window.setInterval(() => ticks.set(Date.now()), 1000);
    }
    const stop = ticks.subscribe(watch);
    return () => {
      stop();
      if (--watched === 0) clearInterval(timer);
    };
  },
};

/** useTick is the local clock in milliseconds, once a second, the same for all who read it. */
export function useTick(): number {
  return useStore(everySecond);
}
