import { refused } from "./client.ts";

/** ask speaks with the routes that are alike for every kind of record, whose shape the description gives at run time. */
export async function ask<T>(method: string, path: string, body?: unknown, type = "application/json"): Promise<T> {
  const headers: Record<string, string> = { ...(method !== "GET" && { "X-Parley": "1" }) };
  if (body !== undefined) headers["Content-Type"] = type;
  const response = await fetch(`/api${path}`, {
    method,
    credentials: "same-origin",
    headers,
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  if (!response.ok) throw await refused(response);
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}
