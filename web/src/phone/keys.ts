/** Which key does what, outside text fields (BX-61). Pure. */

export type Command =
  | { do: "answer" }
  | { do: "reject" }
  | { do: "mute" }
  | { do: "hold" }
  | { do: "transfer" }
  | { do: "keypad" }
  | { do: "digit"; digit: string }
  | { do: "close-keypad" };

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  repeat: boolean;
  /** The focus is where a person writes. */
  inText: boolean;
}

export interface Situation {
  enabled: boolean;
  ringing: boolean;
  inCall: boolean;
  keypadOpen: boolean;
  /** The server cannot be reached: only what the browser does by itself works. */
  lost: boolean;
}

/** command is what a key press asks for here and now, if anything. */
export function command(press: KeyPress, now: Situation): Command | undefined {
  if (!now.enabled || press.inText || press.repeat || press.ctrlKey || press.altKey || press.metaKey) return undefined;
  const key = press.key.toLowerCase();
  if (now.ringing && !now.lost && key === "a") return { do: "answer" };
  if (now.ringing && !now.lost && key === "d") return { do: "reject" };
  if (!now.inCall) return undefined;
  if (now.keypadOpen && /^[0-9*#]$/.test(key)) return { do: "digit", digit: key };
  if (now.keypadOpen && key === "escape") return { do: "close-keypad" };
  if (key === "m") return { do: "mute" };
  if (key === "h") return now.lost ? undefined : { do: "hold" };
  if (key === "t") return now.lost ? undefined : { do: "transfer" };
  return key === "k" ? { do: "keypad" } : undefined;
}

/** writes says whether an element takes letters, so that no shortcut steals them. */
export function writes(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element.isContentEditable || element instanceof HTMLTextAreaElement) return true;
  if (element instanceof HTMLSelectElement || element.getAttribute("role") === "combobox") return true;
  const silent = ["checkbox", "radio", "button", "range", "submit"];
  return element instanceof HTMLInputElement && !silent.includes(element.type);
}
