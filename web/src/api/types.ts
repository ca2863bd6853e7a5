import type { components, operations } from "./schema.gen.ts";

/** What the server says, under the names of the product. Made from the Go structs by `make generate`. */
type Said = components["schemas"];

export type Session = Said["Session"];
export type Role = Session["role"];
export type CallRow = Said["CallRow"];
export type Direction = CallRow["direction"];
export type CallDetail = Said["CallDetail"];
export type TimelineEntry = Said["Timeline"];
export type CallLeg = Said["CallLeg"];
export type Heard = Said["Heard"];
export type CallOffer = Said["CallOffer"];
export type Recording = Said["Recording"];
export type VoiceMailbox = Said["VoiceMailbox"];
export type VoiceMessage = Said["VoiceMessage"];
export type MessageFilter = NonNullable<operations["get-voicemail-messages"]["parameters"]["query"]>;
export type Customer = Said["Customer"];
export type Peaks = Said["Peaks"];
export type CallFilter = NonNullable<operations["get-calls"]["parameters"]["query"]>;

export type StatusChoice = Said["StatusChoice"];
export type OwnFields = Said["OwnFields"];
export type OwnSettings = Said["OwnSettings"];
export type VoiceChoice = Said["VoiceChoice"];
export type VoiceTicket = Said["VoiceTicket"];

export type Line = Said["Line"];
export type WrapUp = Said["Wrap"];
export type Me = Said["Me"];
export type QueueLive = Said["Queue"];
export type AgentLive = Said["Agent"];
export type WaitingLive = Said["Waiting"];
export type MailboxCount = Said["MailboxCount"];
export type Snapshot = Said["Snapshot"];
export type Look = Said["Look"];
export type Person = Said["Person"];
export type PresenceChoice = Said["PresenceChoice"];
export type Contact = Said["SavedContact"];
export type ContactFields = Said["SettingContact"];
export type Ring = Said["Ring"];
export type Gone = Said["Gone"];
export type Updated = Said["Updated"];
export type TakenOver = Said["TakenOver"];
export type RenewVoice = Said["RenewVoice"];
export type Override = Said["Override"];
export type Lock = Said["Lock"];
export type Unlocked = Said["Unlocked"];
export type AgentWork = Said["AgentWork"];
export type WorkSummary = Said["WorkSummary"];
export type WorkTimeline = Said["WorkTimeline"];
export type TimelineCall = Said["TimelineCall"];
export type ServiceLevel = Said["ServiceLevel"];
export type LevelHalf = Said["LevelHalf"];
export type HeatRow = Said["HeatRow"];
export type ClassEntry = Said["ClassEntry"];
export type ClassAuditFilter = NonNullable<operations["get-class-of-service-audit"]["parameters"]["query"]>;
