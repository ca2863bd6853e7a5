// Fails when the script an agent's page loads grows over its budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const budget = 250 * 1024;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

/** closure is every chunk that must be there before the given ones can run. */
function closure(keys, seen = new Set()) {
  for (const key of keys) {
    if (seen.has(key)) continue;
    seen.add(key);
    closure(manifest[key].imports ?? [], seen);
  }
  return seen;
}

const page = closure(["index.html", "src/desk/calls-page.tsx"].filter((key) => manifest[key]));
const chunks = [...page].map((key) => {
  const file = manifest[key].file;
  return { file, bytes: gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length };
});
const total = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

for (const chunk of chunks) console.log(`${kilobytes(chunk.bytes).padStart(10)}  ${chunk.file}`);
console.log(`agent's page: ${kilobytes(total)} of ${kilobytes(budget)} script (gzip)`);
if (total > budget) {
  console.error("The agent's page loads more script than its budget: split a route or drop a dependency.");
  process.exit(1);
}
