import { speaker } from "./speaker.ts";
import words from "./where.en.json";

/** say gives words about where help would have to come. */
export const say = speaker("where", words);
