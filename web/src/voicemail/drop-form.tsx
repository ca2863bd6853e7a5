import { Button, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { changePreparedVoicemail, prepareVoicemail, uploadSound } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import type { DropGreeting } from "../api/types.ts";
import { Recorder } from "../recorder/recorder.tsx";
import { say } from "../recorder/words.ts";
import { FilePick } from "../ui/file-pick.tsx";
import { VoicePick } from "./voice-pick.tsx";

/** A prepared voicemail lasts two minutes at most. */
const longest = 120;

/** refuse tells the person why not, and passes it on. */
export const refuse = (error: unknown) => {
  notifications.show({ color: "red", message: words(error) });
  throw error;
};

interface Props {
  /** The voicemail that is changed; none: a new one is made. */
  of?: DropGreeting;
  saved(): Promise<void>;
  /** Ends a change that is not wanted. */
  leave?(): void;
}

/** DropForm gives a prepared voicemail a name, and a text, a file or a recording (VM-13). */
export function DropForm({ of, saved, leave }: Props) {
  const [name, setName] = useState(of?.name ?? "");
  const [text, setText] = useState(of?.prompt.text ?? "");
  const [voice, setVoice] = useState<"woman" | "man">(of?.prompt.voice === "man" ? "man" : "woman");
  const title = name.trim() || say("drop.unnamed");
  const store = (prompt: DropGreeting["prompt"]) =>
    (of
      ? changePreparedVoicemail(of.id, { version: of.version, name: title, prompt })
      : prepareVoicemail({ name: title, prompt })
    ).then(() => {
      setName("");
      setText("");
      return saved();
    }, refuse);
  const said = text.trim();
  const file = of?.prompt.audio;
  const save = (event: FormEvent) => {
    event.preventDefault();
    const prompt = said === "" && file ? { audio: file } : { text: said, voice };
    void store(prompt).catch(() => undefined);
  };
  const keep = (sound: File) => uploadSound(sound).then((audio) => store({ audio: audio.id }), refuse);
  return (
    <form onSubmit={save} aria-label={of ? say("drop.edit", { name: of.name }) : say("drop.new")}>
      <TextInput
        label={say("drop.name")}
        value={name}
        maxLength={50}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Textarea
        label={say("drop.said")}
        {...(file && { description: say("drop.isFile") })}
        value={text}
        maxLength={1000}
        autosize
        onChange={(e) => setText(e.currentTarget.value)}
      />
      <div className="voicemail-row">
        <VoicePick voice={voice} choose={setVoice} />
        <Button type="submit" variant="default" disabled={said === "" && !file}>
          {say(of ? "drop.save" : "drop.speak")}
        </Button>
        <FilePick pick={([one]) => one && void keep(one).catch(() => undefined)} accept=".wav,.mp3,.ogg,.opus">
          {(props) => (
            <Button {...props} variant="default">
              {say("drop.file")}
            </Button>
          )}
        </FilePick>
        {leave && (
          <Button variant="subtle" color="gray" onClick={leave}>
            {say("drop.leaveForm")}
          </Button>
        )}
      </div>
      <Recorder longest={longest} keep={keep} />
    </form>
  );
}
