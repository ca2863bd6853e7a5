import { client } from "./client.ts";
import type { Watch } from "./types.ts";

/** Commands of supervisors at calls (MN-4). What they change arrives as a live event; nothing here is remembered. */

type Mode = Watch["mode"];

export const modes: readonly Mode[] = ["listen", "coach", "barge"];

/** beginWatch has the supervisor's own phone rung, to hear an agent's call. */
export const beginWatch = (agent: string, mode: Mode) =>
  client.POST("/agents/{id}/watch", { params: { path: { id: agent } }, body: { mode } });

export const setWatch = (call: string, mode: Mode) =>
  client.PUT("/calls/{id}/watch", { params: { path: { id: call } }, body: { mode } });

export const askHelp = (call: string, note: string) =>
  client.POST("/calls/{id}/help", { params: { path: { id: call } }, body: note === "" ? {} : { note } });

export const endHelp = (call: string) => client.DELETE("/calls/{id}/help", { params: { path: { id: call } } });

export const stopWatch = (call: string) => client.DELETE("/calls/{id}/watch", { params: { path: { id: call } } });
