const place = "parley.tab";

/** claimTab names this tab. A reload keeps the name; a duplicated tab, which inherits the storage of the first, finds
 * the name's lock taken and gets its own. */
export async function claimTab(): Promise<string> {
  const kept = sessionStorage.getItem(place);
  if (kept !== null && (await lock(kept))) return kept;
  const fresh = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
  sessionStorage.setItem(place, fresh);
  await lock(fresh);
  return fresh;
}

/** lock holds the name until the page goes; a page that is just being reloaded gets a moment to let go. */
function lock(name: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(400);
    const hold = () => {
      resolve(true);
      return new Promise<never>(() => undefined);
    };
    navigator.locks.request(`${place}.${name}`, { signal }, hold).catch(() => resolve(false));
  });
}
