import type { Kind } from "./schema.ts";
import { read, type Values } from "./values.ts";

/** How the fields of a kind stand on the screen. What they are, the server's description says. */
export interface Layout {
  readonly sections: readonly Section[];
  /** Fields that make sense only beside a value of another. */
  readonly shows?: Readonly<Record<string, (values: Values) => boolean>>;
  /** Fields that are of use only with a trunk of a kind, and the switch of that kind; while there is none the reason is said. */
  readonly needs?: Readonly<Record<string, TrunkSwitch>>;
  /** Fields that are kept for later, and the reason. */
  readonly waits?: Readonly<Record<string, Wait>>;
}

/** TrunkSwitch is a field of trunks that says what their carrier can do. */
export type TrunkSwitch = "text_messages";

export interface Section {
  readonly id: SectionId;
  readonly fields: readonly string[];
  /** Shut until it is asked for, since its defaults do for most. */
  readonly folded?: boolean;
}

export type SectionId =
  | "basics"
  | "more"
  | "routing"
  | "number_routing"
  | "ringing"
  | "hears"
  | "limits"
  | "speaking"
  | "nobody"
  | "wrapUp"
  | "recording"
  | "targets"
  | "callback"
  | "skills"
  | "ahead"
  | "survey"
  | "later"
  | "devices"
  | "voicemail"
  | "dialling"
  | "profile"
  | "phone"
  | "switches"
  | "connection"
  | "identity"
  | "media"
  | "outbound"
  | "options"
  | "rows"
  | "notices"
  | "defaults"
  | "retention"
  | "smtp"
  | "webhooks"
  | "caps"
  | "codes"
  | "presence"
  | "emergency"
  | "consent"
  | "directCalls"
  | "state";

export type Wait = "ai" | "tickets" | "speech" | "messages" | "tasks" | "carrier" | "transfers" | "campaigns" | "tones";

const is =
  (path: string, ...wanted: unknown[]) =>
  (values: Values) =>
    wanted.includes(read(values, path));
const registers = is("kind", "register");
const casts = is("way", "multicast");
const callsBack = is("callback.callback_enabled", true);

export type Recorded = Kind | "organisation";

export const layouts: Readonly<Record<Recorded, Layout>> = {
  queue: {
    sections: [
      { id: "basics", fields: ["name", "members", "schedule"] },
      { id: "routing", fields: ["strategy", "member_weights", "weight", "priority", "ring_seconds", "auto_pause"] },
      {
        id: "hears",
        fields: [
          "entry_greeting",
          "hold_audio",
          "announce_queue_position",
          "announce_wait",
          "wait_style",
          "announce_interval_seconds",
          "waiting_messages",
        ],
      },
      {
        id: "nobody",
        fields: [
          "max_hold_seconds",
          "voicemail",
          "mailbox",
          "opt_out_key",
          "no_agent_message",
          "on_no_agent",
          "join_when",
          "leave_when_unstaffed_seconds",
          "max_waiting",
          "overflow",
        ],
      },
      {
        id: "wrapUp",
        fields: [
          "wrap_up_seconds",
          "extended_wrap_seconds",
          "max_extensions",
          "outcomes",
          "outcome_required",
          "auto_outcome",
        ],
      },
      { id: "callback", folded: true, fields: ["callback"] },
      { id: "skills", folded: true, fields: ["skill_steps"] },
      {
        id: "recording",
        folded: true,
        fields: [
          "agent_whisper",
          "announcements",
          "tags_on_entry",
          "record_call",
          "recording_notice",
          "retention_days",
        ],
      },
      {
        id: "targets",
        folded: true,
        fields: [
          "wait_warning_seconds",
          "wait_critical_seconds",
          "sl_percent",
          "sl_seconds",
          "short_abandon_seconds",
          "service_alert",
        ],
      },
      { id: "survey", folded: true, fields: ["survey"] },
      {
        id: "later",
        folded: true,
        fields: [
          "ai_priority",
          "ai_timeout_seconds",
          "automatic_coach_agent",
          "ai_summary_enabled",
          "ai_summary_instructions",
          "ticket_enabled",
          "ticket_department",
        ],
      },
    ],
    shows: {
      member_weights: is("strategy", "weighted", "simultaneous"),
      wait_style: is("announce_wait", true),
      mailbox: is("voicemail", true),
      opt_out_key: is("voicemail", true),
      recording_notice: is("record_call", true),
      "callback.callback_hours_only": callsBack,
      "callback.customer_first": callsBack,
      "callback.callback_offer_after_seconds": callsBack,
      "callback.callback_offer_interval_seconds": callsBack,
      "callback.callback_max_offers": callsBack,
      "callback.callback_max_pending": callsBack,
      "callback.callback_max_attempts": callsBack,
      "callback.callback_retry_delay_seconds": callsBack,
      "callback.callback_announce": callsBack,
      "callback.callback_confirm": callsBack,
      "service_alert.email": is("service_alert.enabled", true),
      "service_alert.webhook": is("service_alert.enabled", true),
    },
    waits: {
      ai_priority: "ai",
      ai_timeout_seconds: "ai",
      automatic_coach_agent: "ai",
      ai_summary_enabled: "ai",
      ai_summary_instructions: "ai",
      ticket_enabled: "tickets",
      ticket_department: "tickets",
    },
  },
  agent: {
    sections: [
      { id: "basics", fields: ["user", "extension", "display_name", "schedule", "skills", "active"] },
      { id: "devices", fields: ["preferred_device", "ring_strategy", "receiving_number", "call_waiting"] },
      {
        id: "voicemail",
        fields: [
          "voicemail",
          "personal_mailbox",
          "shared_mailbox",
          "unavailable_greeting",
          "direct_when_unavailable",
          "forwarding",
          "forward_to",
          "follow_me",
          "follow_numbers",
        ],
      },
      {
        id: "dialling",
        fields: ["default_number", "class_of_service", "record_outgoing_automatically", "speed_dials"],
      },
      {
        id: "profile",
        folded: true,
        fields: ["default_status", "default_language", "chat_limit", "email_limit", "ai"],
      },
      { id: "phone", folded: true, fields: ["emergency_location", "srtp", "codecs", "dtmf"] },
    ],
    shows: {
      forward_to: is("forwarding", "failover", "always"),
      follow_numbers: is("follow_me", "at_once", "in_order"),
    },
    waits: { chat_limit: "messages", email_limit: "messages", ai: "ai" },
  },
  number: {
    sections: [
      { id: "basics", fields: ["phone_number", "friendly_name", "trunk", "destination"] },
      { id: "number_routing", fields: ["priority", "age_seconds", "language", "menu_text", "menu_data"] },
      { id: "state", fields: ["default_phone_number", "deletion_protected", "dial_in", "voice", "sms", "mms"] },
      { id: "skills", folded: true, fields: ["skill_steps"] },
      { id: "more", folded: true, fields: ["address", "emergency_location"] },
    ],
    waits: { sms: "messages", mms: "messages" },
  },
  trunk: {
    sections: [
      {
        id: "connection",
        fields: [
          "name",
          "kind",
          "proxy",
          "networks",
          "registrar",
          "username",
          "auth_user",
          "password",
          "realm",
          "transport",
        ],
      },
      { id: "outbound", fields: ["outbound", "prefixes", "position", "max_channels", "calls_per_second", "active"] },
      {
        id: "identity",
        folded: true,
        fields: [
          "caller_id",
          "presents_any_caller_id",
          "from_user",
          "from_domain",
          "number_format",
          "identity",
          "privacy",
          "diversion",
          "geolocation",
          "text_messages",
        ],
      },
      { id: "media", folded: true, fields: ["srtp", "codecs", "dtmf", "ca"] },
    ],
    shows: { registrar: registers, ca: is("transport", "tls"), privacy: is("identity", "pai") },
  },
  user: {
    sections: [
      { id: "basics", fields: ["email", "first_name", "last_name", "role", "scope", "active"] },
      { id: "profile", fields: ["language", "timezone"] },
      { id: "switches", folded: true, fields: ["switches"] },
    ],
    waits: {
      "switches.transfers_while_unavailable": "transfers",
      "switches.edit_lead_numbers": "campaigns",
      "switches.manual_call_on_preview": "campaigns",
      "switches.send_email": "messages",
      "switches.remote_keypress": "tones",
    },
  },
  menu: {
    sections: [
      { id: "basics", fields: ["name", "prompt"] },
      { id: "options", fields: ["options", "allow_direct_extensions"] },
      { id: "limits", fields: ["timeout", "max_tries", "default_destination"] },
      { id: "ahead", folded: true, fields: ["priority", "age_seconds", "skill_steps"] },
    ],
    waits: { "options[].speech": "speech" },
  },
  time_range: {
    sections: [
      { id: "basics", fields: ["time_range_name", "timezone"] },
      { id: "rows", fields: ["rows"] },
      { id: "more", fields: ["calendar", "description"] },
    ],
  },
  time_router: { sections: [{ id: "basics", fields: ["name", "entries", "default"] }] },
  audio: {
    sections: [
      { id: "basics", fields: ["filename", "description", "default_hold_music", "owner"] },
      { id: "more", fields: ["mime_type", "file_version", "duration"] },
    ],
  },
  mailbox: {
    sections: [
      { id: "basics", fields: ["name", "voicemail_mailbox_type", "user", "voicemail_mailbox_id"] },
      { id: "hears", fields: ["prompt", "followup", "max_seconds"] },
      {
        id: "notices",
        fields: [
          "send_notices_to_channel",
          "send_notices_to_email",
          "attach_audio",
          "include_transcript",
          "ticket_department",
          "retention_days",
        ],
      },
    ],
    shows: {
      user: is("voicemail_mailbox_type", "agent"),
      send_notices_to_email: is("send_notices_to_channel", "email"),
      attach_audio: is("send_notices_to_channel", "email"),
      include_transcript: is("send_notices_to_channel", "email"),
    },
    waits: { ticket_department: "tickets", include_transcript: "ai" },
  },
  class_of_service: {
    sections: [
      {
        id: "basics",
        fields: [
          "name",
          "description",
          "default_flag",
          "outbound_enabled",
          "allowed_countries",
          "block_premium_numbers",
          "time_range",
          "leave_outside_parties",
        ],
      },
    ],
  },
  rate: {
    sections: [{ id: "basics", fields: ["name", "prefixes", "price_per_minute", "connection_fee", "trunk"] }],
  },
  group: { sections: [{ id: "basics", fields: ["name", "users"] }] },
  reason: { sections: [{ id: "basics", fields: ["name", "order", "active"] }] },
  custom_status: {
    sections: [
      { id: "basics", fields: ["name", "parent_status", "channel", "colour", "icon", "sort_order", "active"] },
    ],
  },
  presence: {
    sections: [
      { id: "basics", fields: ["name", "effect", "order"] },
      { id: "directCalls", fields: ["do_not_disturb", "forwarding", "forward_to", "devices"] },
    ],
    shows: { forward_to: is("forwarding", "failover", "always") },
  },
  contact: { sections: [{ id: "basics", fields: ["name", "company", "numbers", "email", "note"] }] },
  tag_key: {
    sections: [{ id: "basics", fields: ["name", "tag_type", "choices", "order", "active"] }],
    shows: { choices: is("tag_type", "pick_list") },
  },
  paging_group: {
    sections: [
      {
        id: "basics",
        fields: [
          "name",
          "page_number",
          "way",
          "users",
          "multicast_address",
          "multicast_port",
          "multicast_codec",
          "multicast_ttl",
          "active",
        ],
      },
      { id: "speaking", fields: ["speakers", "tone_before", "limit_seconds"] },
    ],
    shows: {
      users: is("way", "auto_answer"),
      multicast_address: casts,
      multicast_port: casts,
      multicast_codec: casts,
      multicast_ttl: casts,
    },
  },
  transfer_number: { sections: [{ id: "basics", fields: ["name", "number", "order", "active"] }] },
  campaign: { sections: [{ id: "basics", fields: ["title", "description", "teams"] }] },
  lead_list: { sections: [{ id: "basics", fields: ["name", "campaign"] }] },
  outcome: { sections: [{ id: "basics", fields: ["name", "order", "active"] }] },
  location: {
    sections: [
      {
        id: "basics",
        fields: ["name", "street", "city", "region", "postal_code", "country_code", "floor", "room"],
      },
    ],
  },
  address: {
    sections: [
      {
        id: "basics",
        fields: ["friendly_name", "customer_name", "street", "city", "region", "postal_code", "country_code"],
      },
      { id: "state", fields: ["validated", "verified"] },
    ],
    waits: { validated: "carrier", verified: "carrier" },
  },
  organisation: {
    sections: [
      { id: "basics", fields: ["name", "country", "timezone", "language"] },
      {
        id: "defaults",
        fields: [
          "ring_seconds",
          "hold_audio",
          "fallback",
          "listed_tags_only",
          "campaigns_shown",
          "agent_assist",
          "hide_supervision",
        ],
      },
      {
        id: "emergency",
        fields: [
          "emergency_numbers",
          "emergency_users",
          "emergency_mail",
          "emergency_texts",
          "emergency_webhook",
          "confirm_location",
        ],
      },
      { id: "consent", folded: true, fields: ["recording_consent"] },
      { id: "presence", fields: ["presence"] },
      { id: "smtp", fields: ["smtp"] },
      { id: "webhooks", folded: true, fields: ["webhook_secret"] },
      { id: "codes", folded: true, fields: ["feature_codes"] },
      { id: "caps", folded: true, fields: ["dialing"] },
      { id: "retention", folded: true, fields: ["retention"] },
    ],
    needs: { emergency_texts: "text_messages" },
  },
};
