import createClient from "openapi-fetch";
import { Problem, sentence } from "./problem.ts";
import type { paths } from "./schema.gen.ts";

const listeners = new Set<() => void>();

/** onSignedOut calls back when the server no longer knows this session. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** signedOut says that the server no longer knows this session. */
export function signedOut(): void {
  for (const listener of listeners) listener();
}

export const client = createClient<paths>({
  baseUrl: "/api",
  credentials: "same-origin",
  querySerializer: { array: { style: "form", explode: false } }, // a=1,2 as the API's description says
});

client.use({
  onRequest({ request }) {
    if (request.method !== "GET") request.headers.set("X-Parley", "1");
    return request;
  },
  async onResponse({ response, schemaPath, request }) {
    if (response.ok) return;
    const signsIn = schemaPath === "/session" && request.method !== "DELETE";
    throw await refused(response, signsIn);
  },
});

/** refused makes the problem of an answer that is none, and tells when the session is over. */
export async function refused(response: Response, signsIn = false): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.status === 401 && !signsIn) signedOut();
  return new Problem(response.status, sentence(body, response.status), body);
}

/** expect gives the body of an answer that must have one. */
export async function expect<T>(answer: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data, response } = await answer;
  if (data === undefined) throw new Problem(response.status, sentence(undefined, response.status));
  return data;
}
