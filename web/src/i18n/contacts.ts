import words from "./contacts.en.json";
import { speaker } from "./speaker.ts";

/** say gives words of presence and contacts; keys are made of what the server says. */
export const say = speaker<Record<string, unknown>>("contacts", words);
