/** The notes of a call as they are typed and saved by themselves (CH-9). Pure: what is typed is never lost by what the server says. */

/** Stored is what the server has. */
export interface Stored {
  readonly text: string;
  readonly version: number;
  readonly author_name?: string;
}

export interface Notes {
  /** What stands in the field. */
  readonly text: string;
  /** What the server has taken of it. */
  readonly saved: string;
  /** The version that the text was made on; undefined until the server has said it. */
  readonly version: number | undefined;
  /** What is on its way. */
  readonly sent: string | undefined;
  /** Why it was not saved; it is tried again unless it was refused. */
  readonly trouble: { readonly why: string; readonly refused: boolean } | undefined;
  /** What somebody else has written meanwhile. */
  readonly theirs: Stored | undefined;
}

/** Draft is what a tab keeps of a text that is not saved. */
export interface Draft {
  readonly text: string;
  readonly version: number | undefined;
}

export type Phase = "loading" | "empty" | "typing" | "saving" | "saved" | "failed" | "refused" | "overtaken";

export function begin(draft: Draft | undefined): Notes {
  const none = { saved: "", sent: undefined, trouble: undefined, theirs: undefined };
  return { ...none, text: draft?.text ?? "", version: draft?.version };
}

/** dirty says whether the server lacks what was typed. */
export const dirty = (notes: Notes): boolean => notes.text !== notes.saved;

/** phase is what is told beside the field. */
export function phase(notes: Notes): Phase {
  if (notes.theirs) return "overtaken";
  if (notes.sent !== undefined) return "saving";
  if (notes.trouble) return notes.trouble.refused ? "refused" : "failed";
  if (dirty(notes)) return "typing";
  if (notes.version === undefined) return "loading";
  return notes.version === 0 ? "empty" : "saved";
}

/** loaded takes what the server has. What was typed meanwhile, or before a reload, stays. */
export function loaded(notes: Notes, stored: Stored): Notes {
  if (notes.text === "" && notes.version === undefined) return taken(notes, stored);
  if (notes.text === stored.text) return taken(notes, stored);
  if (stored.version === 0 || notes.version === stored.version)
    return { ...notes, saved: stored.text, version: stored.version, trouble: undefined };
  return { ...notes, theirs: stored, trouble: undefined };
}

const taken = (notes: Notes, { text, version }: Stored): Notes => ({
  ...notes,
  text,
  saved: text,
  version,
  trouble: undefined,
  theirs: undefined,
});

export const typed = (notes: Notes, text: string): Notes => ({
  ...notes,
  text,
  trouble: notes.trouble?.refused ? undefined : notes.trouble,
});

/** ready says whether there is something to send that nothing stands in the way of. */
export const ready = (notes: Notes): boolean =>
  dirty(notes) && notes.sent === undefined && notes.theirs === undefined && notes.version !== undefined;

export const sending = (notes: Notes): Notes => ({ ...notes, sent: notes.text });

/** kept hears that the server has taken what was sent; what was typed since is still to be sent. */
export function kept(notes: Notes, stored: Stored): Notes {
  return { ...notes, saved: notes.sent ?? stored.text, version: stored.version, sent: undefined, trouble: undefined };
}

export const troubled = (notes: Notes, why: string, refused: boolean): Notes => ({
  ...notes,
  sent: undefined,
  trouble: { why, refused },
});

/** passed hears that somebody else was faster; a text that is the same is none to choose from. */
export function passed(notes: Notes, theirs: Stored): Notes {
  const rest = { ...notes, sent: undefined, trouble: undefined };
  return theirs.text === notes.text ? taken(rest, theirs) : { ...rest, theirs };
}

/** chosen settles whose text stands. */
export function chosen(notes: Notes, which: "mine" | "theirs" | "both"): Notes {
  const { theirs } = notes;
  if (!theirs) return notes;
  const text = { mine: notes.text, theirs: theirs.text, both: `${theirs.text}\n\n${notes.text}` }[which];
  return { ...notes, text, saved: theirs.text, version: theirs.version, theirs: undefined };
}
