/** Store is what components read, by useSyncExternalStore(store.subscribe, store.get). */
export interface Store<T> {
  get(): T;
  subscribe(watch: () => void): () => void;
}

/** Source is a store that its owner may change. */
export interface Source<T> extends Store<T> {
  set(next: T): void;
}

/** createStore makes a source that tells its watchers only when the value is another one. */
export function createStore<T>(initial: T): Source<T> {
  let value = initial;
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const watch of [...watchers]) watch();
    },
    subscribe(watch) {
      watchers.add(watch);
      return () => void watchers.delete(watch);
    },
  };
}
