import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";

const server = process.env.PARLEY_TEST_POSTGRES;

/**
 * kept is what a program finds in its environment so that it keeps its data on the PostgreSQL server of
 * `tools/postgres`, in a database of its own; without that server it finds nothing, and keeps them in SQLite.
 */
export function kept(): Record<string, string> {
  if (!server) return {};
  const name = `e2e${randomBytes(6).toString("hex")}`;
  execFileSync("psql", ["--quiet", "--command", `CREATE DATABASE ${name}`, server]);
  const url = new URL(server);
  url.pathname = name;
  return { PARLEY_DATABASE: url.href };
}
