import { client, expect } from "./client.ts";
import type { DropGreeting, OwnFields, StatusChoice, VoiceChoice } from "./types.ts";

/** Commands change something and answer yes, or throw a Problem with the reason in words. What they change arrives
 * as a live event; nothing here is remembered. */

type CallCommand =
  | "hangup"
  | "hold"
  | "resume"
  | "mute"
  | "unmute"
  | "record/start"
  | "record/pause"
  | "record/resume"
  | "record/stop";

export type RecordCommand = Extract<CallCommand, `record/${string}`>;

export const signIn = (email: string, password: string) =>
  expect(client.POST("/session", { body: { email, password } }));

/** signOut ends what was started from the tab, too; in a call it must be meant. */
export const signOut = (tab: string, sure: boolean) => client.DELETE("/session", { params: { query: { tab, sure } } });

export const setUp = (body: { code: string; organisation: string; name: string; email: string; password: string }) =>
  client.POST("/setup", { body });

/** acceptInvitation sets a password by the link of an invitation. */
export const acceptInvitation = (token: string, password: string) =>
  client.POST("/session/password", { body: { token, password } });

/** inviteUser makes the link, and mails it where there is a mail server. */
export const inviteUser = (id: string) =>
  expect(client.POST("/settings/users/{id}/invite", { params: { path: { id } } }));

/** resetUser makes a link for a new password, and mails it where there is a mail server. */
export const resetUser = (id: string) =>
  expect(client.POST("/settings/users/{id}/reset", { params: { path: { id } } }));

/** linkPhone gives an agent a new sign-in for a desk phone. */
export const linkPhone = (id: string) =>
  expect(client.POST("/settings/agents/{id}/desk-phone", { params: { path: { id } } }));

/** unlinkPhone takes the desk phone away. */
export const unlinkPhone = (id: string) =>
  expect(client.DELETE("/settings/agents/{id}/desk-phone", { params: { path: { id } } }));

export const startStation = (body: { tab: string; sdp: string; takeover: boolean; persistent: boolean }) =>
  expect(client.POST("/station/start", { body }));

export const connectVoice = (body: VoiceChoice) => expect(client.POST("/station/voice", { body }));

export const saveOwn = (version: number, fields: OwnFields) =>
  expect(client.PUT("/settings/me", { body: { version, fields } }));

/** changePassword is for who knows the old one. */
export const changePassword = (old: string, fresh: string) =>
  client.PUT("/session/password", { body: { old, new: fresh } });

export const disconnectVoice = (sure: boolean) => client.POST("/station/voice/stop", { body: { sure } });

export const saveVoice = (body: VoiceChoice) => client.PUT("/station/voice/default", { body });

export const voicePaths = () => expect(client.GET("/station/paths"));

export const renewVoice = (body: { leg: string; sdp: string }) => expect(client.POST("/station/renew", { body }));

export const tellPlayed = (body: { leg: string; discarded: number; buffer_ms: number }) =>
  client.POST("/station/played", { body });

export const stopStation = (tab: string, sure: boolean) => client.POST("/station/stop", { body: { tab, sure } });

export const makeDeskPhone = () => expect(client.POST("/own/desk-phone"));

export const workOnDeskPhone = (on: boolean) => client.POST("/station/desk", { body: { on } });

export const setStatus = (body: StatusChoice) => client.POST("/status", { body });

export const chooseOutcome = (call: string, outcome: string) =>
  client.POST("/wrapup/outcome", { body: { call, outcome } });

export const toggleQueue = (id: string, on: boolean) =>
  client.PUT("/queues/{id}/toggle", { params: { path: { id } }, body: { on } });

/** What a supervisor does for others; the server holds it to the scope. */
export const setAgentStatus = (id: string, body: StatusChoice) =>
  client.POST("/agents/{id}/status", { params: { path: { id } }, body });

export const toggleAgentQueue = (id: string, queue: string, on: boolean) =>
  client.PUT("/agents/{id}/queues/{queue}", { params: { path: { id, queue } }, body: { on } });

export const setPriority = (id: string, priority: number) =>
  client.PUT("/waiting/{id}/priority", { params: { path: { id } }, body: { priority } });

/** answerWaiting has a waiting caller ring here at once, whoever's turn it is. */
export const answerWaiting = (id: string) => client.POST("/waiting/{id}/answer", { params: { path: { id } } });

export const closeCall = (id: string) => client.POST("/calls/{id}/close", { params: { path: { id } } });

export const resetQueue = (id: string) => client.POST("/queues/{id}/reset", { params: { path: { id } } });

export const endWrapUp = () => client.POST("/wrapup/end");

export const extendWrapUp = () => client.POST("/wrapup/extend");

export const answerOffer = (id: string, tab: string) =>
  client.POST("/offers/{id}/answer", { params: { path: { id } }, body: { tab } });

export const rejectOffer = (id: string, tab: string) =>
  client.POST("/offers/{id}/reject", { params: { path: { id } }, body: { tab } });

export const placeCall = (body: { to: string; from?: string; tab: string }) => expect(client.POST("/calls", { body }));

/** pickUp answers what rings at a colleague (BX-26). */
export const pickUp = (agent: string) =>
  expect(client.POST("/agents/{agent}/pick-up", { params: { path: { agent } } }));

export const callCommand = (id: string, command: CallCommand) =>
  client.POST(`/calls/{id}/${command}`, { params: { path: { id } } });

export const requestOverride = (body: { to: string; note?: string }) => expect(client.POST("/overrides", { body }));

export const answerOverride = (id: string, answer: "approve" | "deny") =>
  client.POST(`/overrides/{id}/${answer}`, { params: { path: { id } } });

export const unlockDialing = (agent: string) =>
  client.DELETE("/dialing/locks/{agent}", { params: { path: { agent } } });

export const ringMe = () => client.POST("/demo/ring-me");

export const sendCallers = (count: number) => client.POST("/demo/callers", { body: { count } });

export const markMessage = (id: string, listened: boolean) =>
  client.PUT("/voicemail/messages/{id}/listened", { params: { path: { id } }, body: { listened } });

export const forwardMessage = (id: string, mailbox: string) =>
  client.POST("/voicemail/messages/{id}/forward", { params: { path: { id } }, body: { mailbox } });

export const deleteMessage = (id: string) => client.DELETE("/voicemail/messages/{id}", { params: { path: { id } } });

export const setMailboxGreeting = (
  id: string,
  version: number,
  greeting: { text?: string; voice?: "man" | "woman"; audio?: string },
) => client.PUT("/voicemail/mailboxes/{id}/greeting", { params: { path: { id } }, body: { version, greeting } });

/** What is sent of a file, of which the description knows nothing. */
const fileBody = (file: File) => ({
  headers: { "Content-Type": "application/octet-stream" },
  body: file as unknown as string,
  bodySerializer: (body: unknown) => body as BodyInit,
});

/** uploadSound puts a file into the person's own library (AU-5). */
export const uploadSound = (file: File) =>
  expect(client.POST("/audio", { params: { query: { filename: file.name, private: true } }, ...fileBody(file) }));

/** addSound puts a file into everyone's library. */
export const addSound = (file: File) =>
  expect(client.POST("/audio", { params: { query: { filename: file.name } }, ...fileBody(file) }));

/** replaceSound puts another sound in the place of a file's. */
export const replaceSound = (id: string, file: File) =>
  expect(client.PUT("/audio/{id}", { params: { path: { id } }, ...fileBody(file) }));

/** trySpeech has a text spoken and keeps nothing. */
export const trySpeech = async (body: { text: string; voice: "woman" | "man" }): Promise<Blob> =>
  expect(client.POST("/audio/try", { body, parseAs: "blob" })) as Promise<unknown> as Promise<Blob>;

/** speakSound makes a file of everyone's library from a text. */
export const speakSound = (body: { filename: string; text: string; voice: "woman" | "man" }) =>
  expect(client.POST("/audio/speak", { body }));

/** leaveVoicemail leaves a prepared voicemail to whom the person has called. */
export const leaveVoicemail = (id: string, greeting: string) =>
  client.POST("/calls/{id}/voicemail-drop", { params: { path: { id } }, body: { greeting } });

export const prepareVoicemail = (body: Pick<DropGreeting, "name" | "prompt">) =>
  expect(client.POST("/voicemail/greetings", { body }));

export const changePreparedVoicemail = (id: string, body: Pick<DropGreeting, "version" | "name" | "prompt">) =>
  expect(client.PUT("/voicemail/greetings/{id}", { params: { path: { id } }, body }));

export const deleteDropGreeting = (id: string) =>
  client.DELETE("/voicemail/greetings/{id}", { params: { path: { id } } });

export const newMailboxPin = (id: string) =>
  expect(client.POST("/voicemail/mailboxes/{id}/pin", { params: { path: { id } }, body: {} }));
