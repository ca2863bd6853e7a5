import words from "./in-call.en.json";
import { speaker } from "./speaker.ts";

/** say gives words of transfers and conferences. */
export const say = speaker("in-call", words);
