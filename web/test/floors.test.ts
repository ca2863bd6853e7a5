import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";

/** Which folder may import which: only what stands on a lower floor. Screens do not know each other. */
const floors: Record<string, number> = {
  i18n: 0,
  ui: 0,
  api: 1,
  live: 2,
  phone: 3,
  record: 4,
  recorder: 4,
  desk: 5,
  history: 5,
  voicemail: 5,
  contacts: 5,
  supervisor: 5,
  settings: 5,
  routing: 5,
  workforce: 5,
  session: 5,
  app: 6,
};

const src = join(import.meta.dirname, "../src");

it("imports go down", () => {
  const wrong: string[] = [];
  for (const file of sources()) {
    const from = file.split("/")[0] ?? "";
    const floor = floors[from];
    if (floor === undefined) wrong.push(`folder ${from} has no floor: add it to the list`);
    for (const [, path] of readFileSync(join(src, file), "utf8").matchAll(/from "(\.[^"]+)"/g)) {
      const to = relative(src, join(src, dirname(file), path ?? "")).split("/")[0] ?? "";
      if (to === from || (floors[to] ?? 99) < (floor ?? 0)) continue;
      wrong.push(`${file} (floor ${floor}) imports ${to} (floor ${floors[to]})`);
    }
  }
  expect(wrong).toEqual([]);
});

function sources(): string[] {
  return readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => /\/.*\.tsx?$/.test(file));
}
