/** Problem is a refusal or a failure as one sentence that a person can be shown (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    sentence: string,
    /** The problem document, where there is one. */
    readonly document?: unknown,
  ) {
    super(sentence);
    this.name = "Problem";
  }
}

/** sentence finds the words in a problem document; an answer without words gets words for its status. */
export function sentence(body: unknown, status: number): string {
  if (typeof body === "object" && body !== null) {
    const { detail, title } = body as { detail?: unknown; title?: unknown };
    if (typeof detail === "string" && detail !== "") return detail;
    if (typeof title === "string" && title !== "") return title;
  }
  if (status === 401) return "You are signed out. Sign in again.";
  if (status === 403) return "Your role does not allow this.";
  if (status === 404) return "This is no longer there.";
  if (status >= 500) return "The server could not do this. Try again in a moment.";
  return "The server did not accept this.";
}

/** isUnreachable says whether what was thrown is no answer of the server: asking again may help. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof Problem ? error.status >= 500 : error instanceof TypeError;
}

/** words turns whatever was thrown into one sentence. */
export function words(error: unknown): string {
  if (error instanceof Problem) return error.message;
  if (error instanceof TypeError) return "The server cannot be reached. Check your network connection.";
  if (error instanceof Error && error.message !== "") return error.message;
  return "Something went wrong. Try again.";
}
