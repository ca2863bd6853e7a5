import words from "./notes.en.json";
import { speaker } from "./speaker.ts";

/** say gives words of a call's notes. */
export const say = speaker("notes", words);
