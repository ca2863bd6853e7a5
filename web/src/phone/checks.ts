import type { Link } from "../api/socket.ts";
import { byTelephone, type Light, type Me } from "../live/picture.ts";
import type { Phone } from "./machine.ts";

/** What the four lights (SP-3) and the check at Start (SP-2) show, derived from what is known. Pure. */

export type LightName = "account" | "pbx" | "voice" | "routing";

/** The sentences under lights.* of the texts. */
type Sentence =
  | "accountGood"
  | "accountUnknown"
  | "pbxGood"
  | "pbxConnecting"
  | "pbxLost"
  | "voiceGood"
  | "voiceRelayed"
  | "voiceConnecting"
  | "voiceRepairing"
  | "voiceFailed"
  | "voiceElsewhere"
  | "voiceStopped"
  | "voiceDesk"
  | "voiceTelephone"
  | "voiceAwaited"
  | "voicePathLost"
  | "routingGood"
  | "routingWaiting"
  | "routingDown"
  | "routingUnknown";

export interface LightState {
  readonly name: LightName;
  readonly light: Light;
  readonly says: Sentence;
  /** Words from the server, or the last error, where there are any. */
  readonly detail?: string;
}

export interface Facts {
  readonly phone: Phone;
  readonly link: Link;
  readonly me: Me | undefined;
  readonly lastError?: string | undefined;
}

/** lights is the state of the account, the event socket, the voice connection and call routing. */
export function lights(facts: Facts): LightState[] {
  return [account(facts.link), pbx(facts.link), voice(facts), routing(facts)];
}

function account(link: Link): LightState {
  if (link.state === "lost") return { name: "account", light: "amber", says: "accountUnknown" };
  return { name: "account", light: "green", says: "accountGood" };
}

function pbx(link: Link): LightState {
  if (link.state === "open") return { name: "pbx", light: "green", says: "pbxGood" };
  if (link.state === "lost") return { name: "pbx", light: "red", says: "pbxLost" };
  return { name: "pbx", light: "amber", says: "pbxConnecting" };
}

function voice({ phone, me, lastError }: Facts): LightState {
  const detail = lastError === undefined ? {} : { detail: lastError };
  switch (phone.stage) {
    case "ready":
      return { name: "voice", light: "green", says: phone.path === "relay" ? "voiceRelayed" : "voiceGood" };
    case "opening":
    case "connecting":
      return { name: "voice", light: "amber", says: "voiceConnecting" };
    case "repairing":
      return { name: "voice", light: "amber", says: "voiceRepairing", ...detail };
    case "failed":
      return { name: "voice", light: "red", says: "voiceFailed", ...detail };
    case "elsewhere":
      return { name: "voice", light: "red", says: "voiceElsewhere" };
    case "stopped":
      if (me?.desk.working) return { name: "voice", light: "green", says: "voiceDesk" };
      if (byTelephone(me)) return telephone(me?.voice?.path);
      return { name: "voice", light: "red", says: "voiceStopped" };
  }
}

function telephone(path: NonNullable<Me["voice"]>["path"]): LightState {
  if (path === "lost") return { name: "voice", light: "red", says: "voicePathLost" };
  if (path === "awaited" || path === "connecting") return { name: "voice", light: "amber", says: "voiceAwaited" };
  return { name: "voice", light: "green", says: "voiceTelephone" };
}

function routing({ me, link }: Facts): LightState {
  if (!me || link.state !== "open") return { name: "routing", light: "amber", says: "routingUnknown" };
  const light = me.lights.call_routing;
  const says = ({ green: "routingGood", amber: "routingWaiting", red: "routingDown" } as const)[light];
  return me.lights.detail
    ? { name: "routing", light, says, detail: me.lights.detail }
    : { name: "routing", light, says };
}

export type CheckName = "microphone" | "socket" | "voice" | "relay" | "roundTrip";

export interface Check {
  readonly name: CheckName;
  readonly state: "waiting" | "running" | "good" | "bad";
  readonly milliseconds?: number;
}

const slowRoundTrip = 400; // SP-12

/** checks is the list that Start works through: microphone, socket, UDP, the relay where UDP does not get through, round
 * trip (BX-56, short form). */
export function checks({ phone, link }: Facts): Check[] {
  const begun = phone.stage !== "stopped" && phone.stage !== "elsewhere";
  const microphoneBad = phone.stage === "failed" && phone.failure?.kind === "microphone";
  const microphone = !begun ? "waiting" : microphoneBad ? "bad" : phone.stage === "opening" ? "running" : "good";
  const socket = link.state === "open" ? "good" : link.state === "lost" ? "bad" : "running";
  const trip = link.roundTrip;
  return [
    { name: "microphone", state: microphone },
    { name: "socket", state: begun ? socket : "waiting" },
    { name: "voice", state: voiceCheck(phone, microphoneBad) },
    ...relayCheck(phone, microphoneBad),
    trip === undefined || !begun
      ? { name: "roundTrip", state: begun ? "running" : "waiting" }
      : { name: "roundTrip", state: trip > slowRoundTrip ? "bad" : "good", milliseconds: trip },
  ];
}

function voiceCheck(phone: Phone, microphoneBad: boolean): Check["state"] {
  if (phone.path === "relay") return "bad";
  if (phone.stage === "ready") return "good";
  if (phone.stage === "connecting" || phone.stage === "repairing") return "running";
  if (phone.stage === "failed" && !microphoneBad) return "bad";
  return "waiting";
}

/** relayCheck says something only where sound found no straight way. */
function relayCheck(phone: Phone, microphoneBad: boolean): Check[] {
  if (phone.path === "relay") return [{ name: "relay", state: phone.stage === "ready" ? "good" : "running" }];
  const blocked = phone.stage === "failed" && !microphoneBad && phone.failure?.kind === "voice";
  return blocked ? [{ name: "relay", state: "bad" }] : [];
}
