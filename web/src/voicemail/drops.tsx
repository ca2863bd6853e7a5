import { ActionIcon, Button, FileButton, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { deleteDropGreeting, prepareVoicemail, uploadSound } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { dropGreetingsQuery } from "../api/queries.ts";
import { Recorder } from "../recorder/recorder.tsx";
import { say } from "../recorder/words.ts";
import { Section } from "../ui/parts.tsx";

/** A prepared voicemail lasts two minutes at most. */
const longest = 120;

const refuse = (error: unknown) => {
  notifications.show({ color: "red", message: words(error) });
  throw error;
};

/** Drops are the voicemails that the person has prepared for other people's answering machines (VM-13). */
export function Drops() {
  const { data: all = [] } = useQuery(dropGreetingsQuery);
  const queries = useQueryClient();
  const reload = () => queries.invalidateQueries({ queryKey: dropGreetingsQuery.queryKey });
  const remove = (id: string) =>
    void deleteDropGreeting(id)
      .then(reload, refuse)
      .catch(() => undefined);
  return (
    <Section title={say("drop.title")}>
      <div className="voicemail-own">
        <p className="voicemail-hint">{say("drop.text")}</p>
        {all.length > 0 && (
          <ul className="voicemail-drops">
            {all.map((one) => (
              <li key={one.id}>
                <span>{one.name}</span>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={say("drop.delete", { name: one.name })}
                  onClick={() => remove(one.id)}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </li>
            ))}
          </ul>
        )}
        <NewDrop made={reload} />
      </div>
    </Section>
  );
}

function NewDrop({ made }: { made(): Promise<void> }) {
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const done = () => {
    setName("");
    setText("");
    return made();
  };
  const title = name.trim() || say("drop.unnamed");
  const save = (event: FormEvent) => {
    event.preventDefault();
    void prepareVoicemail({ name: title, prompt: { text: text.trim(), voice: "woman" } })
      .then(done, refuse)
      .catch(() => undefined);
  };
  const keep = (file: File) =>
    uploadSound(file)
      .then((audio) => prepareVoicemail({ name: title, prompt: { audio: audio.id } }))
      .then(done, refuse);
  return (
    <form onSubmit={save}>
      <TextInput
        label={say("drop.name")}
        value={name}
        maxLength={50}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Textarea
        label={say("drop.said")}
        value={text}
        maxLength={1000}
        autosize
        onChange={(e) => setText(e.currentTarget.value)}
      />
      <div className="voicemail-row">
        <Button type="submit" variant="default" disabled={text.trim() === ""}>
          {say("drop.speak")}
        </Button>
        <FileButton onChange={(file) => file && void keep(file).catch(() => undefined)} accept=".wav,.mp3,.ogg,.opus">
          {(props) => (
            <Button {...props} variant="default">
              {say("drop.file")}
            </Button>
          )}
        </FileButton>
      </div>
      <Recorder longest={longest} keep={keep} />
    </form>
  );
}
