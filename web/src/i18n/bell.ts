import words from "./bell.en.json";
import { speaker } from "./speaker.ts";

/** say gives words of the bell. */
export const say = speaker("bell", words);
