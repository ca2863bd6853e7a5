import type { OwnSettings } from "../../src/api/types.ts";

/** ownSettings is an agent's own profile; calls may be forwarded outside. */
export const ownSettings = (): OwnSettings => ({
  version: 1,
  fields: {
    display_name: "",
    default_number: "",
    preferred_device: "softphone",
    ring_strategy: "sequential",
    receiving_number: "",
    forwarding: "off",
    forward_to: "",
    follow_me: "off",
    follow_numbers: [],
    speed_dials: [],
    voicemail: true,
    unavailable_greeting: {},
    call_waiting: true,
    record_outgoing_automatically: false,
    default_status: "unavailable",
    default_language: "",
  },
  external_forwarding: true,
  desk_phone: true,
  numbers: [],
});
