import { speaker } from "./speaker.ts";
import words from "./watch.en.json";

/** say gives words of supervisors at calls. */
export const say = speaker("watch", words);
