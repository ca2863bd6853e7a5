import type { Field } from "./schema.ts";

/** The order of the fields within objects and entries, where that of the description is no help. */
const orders: Readonly<Record<string, readonly string[]>> = {
  members: ["agents", "groups"],
  callback: [
    "callback_enabled",
    "callback_hours_only",
    "customer_first",
    "callback_offer_after_seconds",
    "callback_offer_interval_seconds",
    "callback_max_offers",
    "callback_max_pending",
    "callback_max_attempts",
    "callback_retry_delay_seconds",
    "callback_announce",
    "callback_confirm",
  ],
  dialing: [
    "user_calls_hour",
    "user_calls_day",
    "user_minutes_hour",
    "user_minutes_day",
    "user_international_minutes_hour",
    "user_international_minutes_day",
    "user_spend_hour",
    "user_spend_day",
    "trunk_calls_hour",
    "trunk_calls_day",
    "trunk_minutes_hour",
    "trunk_minutes_day",
    "trunk_international_minutes_hour",
    "trunk_international_minutes_day",
    "trunk_spend_hour",
    "trunk_spend_day",
    "calls_hour",
    "calls_day",
    "minutes_hour",
    "minutes_day",
    "international_minutes_hour",
    "international_minutes_day",
    "spend_hour",
    "spend_day",
    "currency",
    "burst_calls",
    "burst_minutes",
    "external_forwarding",
    "mailbox_call_out",
    "hand_unavailable",
    "park_seconds",
  ],
  feature_codes: [
    "own_mailbox",
    "any_mailbox",
    "do_not_disturb_on",
    "do_not_disturb_off",
    "forwarding_on",
    "forwarding_off",
    "available_toggle",
    "queue_numbers",
    "last_caller",
    "intercom",
    "speed_dial",
  ],
  queue_numbers: ["queue", "toggle_number"],
  service_alert: ["enabled", "email", "webhook"],
  recording_consent: ["prefixes", "rule", "key", "prompt"],
  smtp: ["host", "security", "username", "password", "from"],
  options: ["digits", "speech", "destination", "priority", "age_seconds", "skill_steps"],
  entries: ["name", "time_range", "destination"],
  rows: ["start_day_of_week", "end_day_of_week", "start_time", "end_time", "start_date", "end_date"],
  member_weights: ["agents", "groups", "member_weight"],
  skill_steps: ["expression", "agents", "expires_seconds"],
  survey: ["name", "prompt"],
  skills: ["name", "level"],
  follow_numbers: ["follow_to", "follow_delay_seconds", "follow_ring_seconds"],
  speed_dials: ["speed_code", "speed_label", "speed_to"],
};

/** What few entries need, and so is shut until it is asked for. */
const rare: Readonly<Record<string, readonly string[]>> = { options: ["priority", "age_seconds", "skill_steps"] };

/** isRare says whether a field of an object stands among what few need. */
export const isRare = (object: Field, one: Field) => rare[object.name]?.includes(one.name) ?? false;

/** arranged puts the fields of an object in their order; what the order does not know comes last. */
export function arranged({ name, fields = [] }: Field): readonly Field[] {
  const order = orders[name];
  if (!order) return fields;
  const place = (field: Field) => (order.includes(field.name) ? order.indexOf(field.name) : order.length);
  return fields.toSorted((a, b) => place(a) - place(b));
}
