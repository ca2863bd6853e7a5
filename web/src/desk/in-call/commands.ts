import { queryOptions } from "@tanstack/react-query";
import { client, expect } from "../../api/client.ts";
import type { ConsultKey, PartyKey, Way } from "../../live/in-call.ts";
import type { Destination } from "../../live/transfer.ts";

/** Commands of transfers and conferences. What they change arrives as a live event; nothing here is remembered. */

const of = (id: string) => ({ path: { id } });

/** bring leads the call to somebody, or calls them on line 2. */
export const bring = (call: string, way: Way, to: Destination, notes: string) =>
  client.POST(way === "transfer" ? "/calls/{id}/transfer" : "/calls/{id}/consult", {
    params: of(call),
    body: notes === "" ? { to } : { to, notes },
  });

/** switchTo has the person speak in this one of two calls. */
export const switchTo = (call: string) => client.POST("/calls/{id}/switch", { params: of(call) });

/** mergeCalls makes one conversation of this and the other one of two calls. */
export const mergeCalls = (call: string) => client.POST("/calls/{id}/merge", { params: of(call) });

/** parkCall leaves the other side in a slot; the line then says in which. */
export const parkCall = (call: string) => client.POST("/calls/{id}/park", { params: of(call), body: {} });

export const consultCommand = (call: string, key: ConsultKey) =>
  client.POST(`/calls/{id}/consult/${key}`, { params: of(call) });

export const partyCommand = (id: string, party: string, key: PartyKey) =>
  client.POST(`/calls/{id}/parties/{party}/${key}`, { params: { path: { id, party } } });

/** leaveCall is a hang-up that is meant: the others stay with each other; `sure` also where they all are from outside. */
export const leaveCall = (call: string, sure: boolean) =>
  client.POST("/calls/{id}/hangup", { params: { ...of(call), ...(sure && { query: { sure } }) } });

export const endForAll = (call: string) => client.POST("/calls/{id}/end", { params: of(call) });

/** announce has both sides hear a sound that the queue allows, or stops the one that they hear. */
export const announce = (call: string, audio: string | undefined) =>
  audio === undefined
    ? client.POST("/calls/{id}/announcement/stop", { params: of(call) })
    : client.POST("/calls/{id}/announcement", { params: of(call), body: { audio } });

export const destinationsQuery = queryOptions({
  queryKey: ["call-destinations"],
  staleTime: 60_000,
  queryFn: () => expect(client.GET("/call-destinations")),
});

/** convert lets the call count for a lead (OB-14). */
export const convert = (call: string, lead: string) =>
  client.POST("/calls/{id}/convert", { params: of(call), body: { lead_id: lead } });

/** campaignsQuery is the campaigns that are shown to the person. */
export const campaignsQuery = queryOptions({
  queryKey: ["campaigns"],
  staleTime: 60_000,
  queryFn: () => expect(client.GET("/campaigns")),
});

/** leadsQuery is the leads with a number, of one campaign or of all. */
export const leadsQuery = (phone: string, campaign: string) =>
  queryOptions({
    queryKey: ["leads", phone, campaign],
    retry: false,
    queryFn: () => expect(client.GET("/leads", { params: { query: { phone, ...(campaign && { campaign }) } } })),
  });
