import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { client, expect } from "../api/client.ts";
import { words } from "../api/problem.ts";
import type { components } from "../api/schema.gen.ts";
import { Note } from "../ui/parts.tsx";
import { keysOf } from "./keys.ts";
import { say } from "./words.ts";

type Account = components["schemas"]["Account"];

/** Simulator asks what happens to a call to a number at a moment with these keys (BX-9). */
export function Simulator({ numbers }: { numbers: readonly string[] }) {
  const [number, setNumber] = useState(numbers[0] ?? "");
  const [at, setAt] = useState(() => `${new Date().toISOString().slice(0, 11)}09:00`);
  const [keys, setKeys] = useState("");
  const [unanswered, setUnanswered] = useState(false);
  const [drafts, setDrafts] = useState(false);
  const trial = useMutation({
    mutationFn: () =>
      expect(client.POST("/routing/simulate", { body: { number, at, keys: keysOf(keys), unanswered, drafts } })),
  });
  return (
    <Stack gap="sm">
      <p className="routing-lead">{say("simulator.lead")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          trial.mutate();
        }}
      >
        <Group align="end">
          <TextInput
            label={say("simulator.number")}
            value={number}
            required
            list="routing-numbers"
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <datalist id="routing-numbers">
            {numbers.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <TextInput
            type="datetime-local"
            label={say("simulator.at")}
            value={at}
            required
            onChange={(event) => setAt(event.currentTarget.value)}
          />
          <TextInput
            label={say("simulator.keys")}
            description={say("simulator.keysHint")}
            value={keys}
            onChange={(event) => setKeys(event.currentTarget.value)}
          />
        </Group>
        <Group mt="md" gap="lg">
          <Checkbox
            label={say("simulator.unanswered")}
            checked={unanswered}
            onChange={(event) => setUnanswered(event.currentTarget.checked)}
          />
          <Checkbox
            label={say("simulator.drafts")}
            checked={drafts}
            onChange={(event) => setDrafts(event.currentTarget.checked)}
          />
          <Button type="submit" loading={trial.isPending}>
            {say("simulator.go")}
          </Button>
        </Group>
      </form>
      {trial.error && <Note tone="red">{words(trial.error)}</Note>}
      {trial.data && <Story account={trial.data} />}
    </Stack>
  );
}

function Story({ account }: { account: Account }) {
  const begun = account.scenes[0]?.at;
  return (
    <ol className="routing-story" aria-label={say("simulator.story")}>
      {account.scenes.map((scene, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a story never changes
        <li key={place} data-kind={scene.kind}>
          <time>{begun ? after(begun, scene.at) : ""}</time>
          <span>
            {scene.name && <strong>{scene.name}: </strong>}
            {scene.text}
            {scene.plays?.map((text) => (
              <q key={text}>{text}</q>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** after writes how long after the beginning something happens: 1:05. */
function after(begun: string, at: string): string {
  const seconds = Math.round((Date.parse(at) - Date.parse(begun)) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
