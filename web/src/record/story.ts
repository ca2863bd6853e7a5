import type { TimelineEntry } from "../api/types.ts";

/** Moved is how a transfer or consultation ended. */
type Moved = "transferred" | "merged" | "moveCanceled" | "moveFailed" | "moveAbandoned";

const moves: Record<string, Moved> = {
  completed: "transferred",
  merged: "merged",
  canceled: "moveCanceled",
  failed: "moveFailed",
  abandoned: "moveAbandoned",
};

/** moved tells of somebody whom an agent brings in. */
function moved(entry: TimelineEntry): Told | undefined {
  if (entry.kind === "move-began") {
    const first = entry.params.text === "warm" || entry.params.text === "menu_assisted";
    return { mark: "routed", sentence: first ? "consulting" : "transferring" };
  }
  const sentence = moves[entry.params.result ?? ""];
  return sentence && { mark: sentence === "moveFailed" ? "refused" : "routed", sentence };
}

/** Follow is what becomes of a number that the calls of an agent ring at besides the devices (BX-29). */
type Follow = `follow.${"began" | "accepted" | "not_accepted" | "no_answer" | "busy" | "error" | "canceled"}`;

const follows: Record<string, Follow> = {
  accepted: "follow.accepted",
  not_accepted: "follow.not_accepted",
  no_answer: "follow.no_answer",
  busy: "follow.busy",
  error: "follow.error",
  canceled: "follow.canceled",
};

/** followed tells of such a number. */
function followed({ kind, params: { result } }: TimelineEntry): Told | undefined {
  if (kind === "follow-began") return { mark: "offered", sentence: "follow.began" };
  const sentence = follows[result ?? ""];
  return sentence && { mark: result === "accepted" ? "answered" : "refused", sentence };
}

const watches: Record<string, Sentence> = { listen: "watch.listen", coach: "watch.coach", barge: "watch.barge" };

/** Sentence is the name of a sentence under timeline.* of the texts. */
export type Sentence =
  | "arrived"
  | "dialled"
  | "directed"
  | "rerouted"
  | "forwarded"
  | "queued"
  | "abandoned"
  | "leftQueue"
  | "offered"
  | "answered"
  | "missed"
  | "ignored"
  | "canceled"
  | "canceledSince"
  | "answeredLate"
  | "asleep"
  | "error"
  | "joined"
  | "held"
  | "resumed"
  | "menuAsked"
  | "menuChosen"
  | "menuInvalid"
  | "menuNothing"
  | "assistedAsked"
  | "assistedKeyed"
  | "optedOut"
  | "calledBack"
  | "reclaimed"
  | "callbackDropped"
  | "attempt"
  | "waitTold"
  | "messageLeft"
  | "messageDropped"
  | "dropBegan"
  | "dropLeft"
  | "dropFailed"
  | "announcement"
  | "announcementOver"
  | "announcementStopped"
  | "parked"
  | "parkRang"
  | "retrieved"
  | "retrieveFailed"
  | Follow
  | "mergesCalls"
  | "callsMerged"
  | "callsNotMerged"
  | "callMergedIn"
  | "callGivenBack"
  | "converted"
  | "transferring"
  | "consulting"
  | Moved
  | `watch.${"listen" | "coach" | "barge" | "over"}`
  | `help.${"asked" | "accepted" | "unanswered"}`
  | "scored"
  | "recordingBegan"
  | "recordingOn"
  | "recordingPaused"
  | "recordingEnded"
  | `consent.${"noticed" | "opted_out" | "opted_in" | "unanswered"}`
  | "recordingFailed"
  | "peerHeld"
  | "peerResumed"
  | "voiceLost"
  | "voiceBack"
  | "soundPoor"
  | "soundPoorAgent"
  | "soundGood"
  | "soundGoodAgent"
  | "unheard"
  | "unheardAgent"
  | "deaf"
  | "deafAgent"
  | "muteBoth"
  | "muteBothAgent"
  | "heardAgain"
  | "heardAgainAgent"
  | `${Repair}${"" | "Agent"}`
  | "ended"
  | "endedPlain";

type Repair = "repair" | "repairBack" | "repairUnchanged" | "repairRefused";

export type Mark =
  | "arrived"
  | "routed"
  | "queued"
  | "offered"
  | "answered"
  | "refused"
  | "held"
  | "resumed"
  | "recording"
  | "voice"
  | "ended";

interface Told {
  readonly mark: Mark;
  readonly sentence: Sentence;
}

const offerEnds: Record<string, Told> = {
  answered: { mark: "answered", sentence: "answered" },
  missed: { mark: "refused", sentence: "missed" },
  ignored: { mark: "refused", sentence: "ignored" },
  canceled: { mark: "refused", sentence: "canceled" },
  not_acknowledged: { mark: "refused", sentence: "asleep" },
  error: { mark: "refused", sentence: "error" },
};

/** What has come of asking the customer before a recording (BX-18). */
const consents: Record<string, Told> = {
  noticed: { mark: "recording", sentence: "consent.noticed" },
  opted_out: { mark: "refused", sentence: "consent.opted_out" },
  opted_in: { mark: "recording", sentence: "consent.opted_in" },
  unanswered: { mark: "refused", sentence: "consent.unanswered" },
};

const keyed: Record<string, Sentence> = {
  chosen: "menuChosen",
  extension: "menuChosen",
  invalid: "menuInvalid",
  nothing: "menuNothing",
  opt_out: "optedOut",
  callback: "calledBack",
  reclaimed: "reclaimed",
  callback_dropped: "callbackDropped",
};

/** withoutPerson tells what a caller went through with nobody on the line, or an agent on line 2 in the caller's place. */
function withoutPerson(entry: TimelineEntry): Told | undefined {
  const { agent, text, result } = entry.params;
  switch (entry.kind) {
    case "menu-asked":
      return { mark: "routed", sentence: agent ? "assistedAsked" : "menuAsked" };
    case "menu-keyed": {
      if (agent) return text ? { mark: "routed", sentence: "assistedKeyed" } : undefined;
      const sentence = keyed[result ?? ""];
      return sentence && { mark: "routed", sentence };
    }
    case "wait-told":
      return text ? { mark: "queued", sentence: "waitTold" } : undefined;
    case "message-left":
      return { mark: "recording", sentence: "messageLeft" };
    case "message-dropped":
      return { mark: "recording", sentence: "messageDropped" };
    case "drop-began":
      return { mark: "recording", sentence: "dropBegan" };
    case "drop-over":
      return { mark: "recording", sentence: result ? "dropFailed" : "dropLeft" };
    case "announcement-began":
      return { mark: "recording", sentence: "announcement" };
    case "announcement-over":
      return { mark: "recording", sentence: result ? "announcementStopped" : "announcementOver" };
    case "park-began":
      return { mark: "held", sentence: "parked" };
    case "park-rang":
      return { mark: "offered", sentence: "parkRang" };
    case "park-over":
      return entry.params.agent === undefined ? undefined : { mark: "resumed", sentence: "retrieved" };
    case "follow-began":
    case "follow-over":
      return followed(entry);
    case "retrieve-failed":
      return { mark: "refused", sentence: "retrieveFailed" };
    case "merge-began":
      return { mark: "routed", sentence: "mergesCalls" };
    case "merge-over":
      return { mark: "routed", sentence: result === "merged" ? "callsMerged" : "callsNotMerged" };
    case "took-over":
      return { mark: "answered", sentence: "callMergedIn" };
    case "gave-back":
      return { mark: "routed", sentence: "callGivenBack" };
    case "move-began":
    case "move-over":
      return moved(entry);
    case "converted":
      return { mark: "routed", sentence: "converted" };
    case "watch-began":
    case "watch-changed": {
      const sentence = watches[result ?? ""];
      return sentence && { mark: "voice", sentence };
    }
    case "watch-over":
      return { mark: "voice", sentence: "watch.over" };
    case "help-asked":
      return { mark: "voice", sentence: "help.asked" };
    case "help-over":
      return result === "accepted" || result === "unanswered"
        ? { mark: "voice", sentence: `help.${result}` }
        : undefined;
    case "called-back":
      return { mark: "queued", sentence: "attempt" };
    case "scored":
      return { mark: "answered", sentence: "scored" };
    default:
      return undefined;
  }
}

const oneWays: Record<string, "unheard" | "deaf" | "muteBoth" | "heardAgain"> = {
  unheard: "unheard",
  deaf: "deaf",
  both: "muteBoth",
  over: "heardAgain",
};

const repairs: Record<string, Repair> = {
  back: "repairBack",
  unchanged: "repairUnchanged",
  refused: "repairRefused",
};

/** aboutSound is the sentence of the agent or of the other side. */
function aboutSound(
  what: "soundPoor" | "soundGood" | "unheard" | "deaf" | "muteBoth" | "heardAgain" | Repair,
  agent: string | undefined,
): Told {
  return { mark: "voice", sentence: agent ? `${what}Agent` : what };
}

/** tell finds the words for what happened, or nothing for what only engineers care about: legs, stages, devices. Pure. */
export function tell(entry: TimelineEntry): Told | undefined {
  const { agent, text, result } = entry.params;
  switch (entry.kind) {
    case "began":
      return { mark: "arrived", sentence: agent ? "dialled" : "arrived" };
    case "directed":
      return text ? { mark: "routed", sentence: "directed" } : undefined;
    case "rerouted":
      return { mark: "routed", sentence: "rerouted" };
    case "forwarded":
      return { mark: "routed", sentence: "forwarded" };
    case "queue-entered":
      return { mark: "queued", sentence: "queued" };
    case "queue-left":
      if (result === "answered") return undefined; // the answer itself is told
      return result === "abandoned"
        ? { mark: "refused", sentence: "abandoned" }
        : { mark: "queued", sentence: "leftQueue" };
    case "ring-began":
      return { mark: "offered", sentence: "offered" };
    case "ring-over":
      return result === "canceled" && text ? { mark: "refused", sentence: "canceledSince" } : offerEnds[result ?? ""];
    case "answered-late":
      return { mark: "refused", sentence: "answeredLate" };
    case "party-joined":
      return agent || !text ? undefined : { mark: "answered", sentence: "joined" };
    case "hold-began":
      return { mark: "held", sentence: "held" };
    case "hold-over":
      return { mark: "resumed", sentence: "resumed" };
    case "recording-began":
      return { mark: "recording", sentence: "recordingBegan" };
    case "recording-set":
      if (result === "paused") return { mark: "recording", sentence: "recordingPaused" };
      return result === "on" ? { mark: "recording", sentence: "recordingOn" } : undefined;
    case "consent-set":
      return consents[result ?? ""];
    case "recording-over":
      return { mark: "recording", sentence: text ? "recordingFailed" : "recordingEnded" };
    case "peer-held":
      return result === "on" ? { mark: "held", sentence: "peerHeld" } : { mark: "resumed", sentence: "peerResumed" };
    case "voice-lost":
      return { mark: "voice", sentence: "voiceLost" };
    case "voice-back":
      return { mark: "voice", sentence: "voiceBack" };
    case "sound-judged":
      return aboutSound(text ? "soundPoor" : "soundGood", agent);
    case "one-way-heard":
      return aboutSound(oneWays[result ?? ""] ?? "heardAgain", agent);
    case "repair-began":
      return aboutSound("repair", agent);
    case "repair-over": {
      const over = repairs[result ?? ""]; // one that was dropped ended with what the next line tells
      return over && aboutSound(over, agent);
    }
    case "finished":
      return { mark: "ended", sentence: text ? "ended" : "endedPlain" };
    default:
      return withoutPerson(entry);
  }
}

/** story is the entries with words, in order. The caller who is there from the beginning did not join. */
export function story(entries: readonly TimelineEntry[]): (Told & { entry: TimelineEntry })[] {
  const rang = entries.findIndex((entry) => entry.kind === "ring-began" || entry.kind === "leg-opened");
  const placed = Boolean(entries.find((entry) => entry.kind === "began")?.params.agent);
  return entries.flatMap((entry, i) => {
    const told = tell(entry);
    if (!told || (told.sentence === "joined" && (!placed || i < rang))) return [];
    return [{ ...told, entry }];
  });
}
