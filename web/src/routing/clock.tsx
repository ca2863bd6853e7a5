import { Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client, expect } from "../api/client.ts";
import { words } from "../api/problem.ts";
import type { components } from "../api/schema.gen.ts";
import { Note } from "../ui/parts.tsx";
import { clocksQuery } from "./queries.ts";
import { say } from "./words.ts";

type Answer = components["schemas"]["Clock"];

/** ClockTest asks a time range or a time router what matches at a moment (TM-8). */
export function ClockTest() {
  const { data: clocks } = useQuery(clocksQuery);
  const [which, choose] = useState("");
  const [at, setAt] = useState(() => `${new Date().toISOString().slice(0, 11)}09:00`);
  const chosen = clocks?.find((one) => one.id === which) ?? clocks?.[0];
  const test = useMutation({
    mutationFn: () =>
      expect(client.POST("/schedule/test", { body: { at, ...(chosen && { [chosen.kind]: chosen.id }) } })),
  });
  return (
    <Stack gap="sm">
      <p className="routing-lead">{say("test.lead")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          test.mutate();
        }}
      >
        <Group align="end">
          <NativeSelect
            label={say("test.which")}
            value={chosen?.id ?? ""}
            onChange={(event) => choose(event.currentTarget.value)}
            data={(clocks ?? []).map((one) => ({ value: one.id, label: `${one.title} (${say(`test.${one.kind}`)})` }))}
          />
          <TextInput
            type="datetime-local"
            label={say("test.at")}
            value={at}
            required
            onChange={(event) => setAt(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!chosen} loading={test.isPending}>
            {say("test.go")}
          </Button>
        </Group>
      </form>
      {test.error && <Note tone="red">{words(test.error)}</Note>}
      {test.data && chosen && <Verdict answer={test.data} router={chosen.kind === "router"} />}
    </Stack>
  );
}

function Verdict({ answer, router }: { answer: Answer; router: boolean }) {
  const when = answer.changes && new Intl.DateTimeFormat([], shown(answer.zone)).format(new Date(answer.changes));
  return (
    <Note title={verdict(answer, router)}>
      <p>{when ? say("test.until", { when }) : say("test.never")}</p>
      <p>{say("test.zone", { zone: answer.zone })}</p>
    </Note>
  );
}

const shown = (timeZone: string): Intl.DateTimeFormatOptions => ({ dateStyle: "full", timeStyle: "short", timeZone });

function verdict(answer: Answer, router: boolean): string {
  if (!answer.matches) return say(router ? "test.default" : "test.no");
  if (router) return say(answer.day ? "test.entryDay" : "test.entry", { ...answer });
  return say(answer.day ? "test.day" : "test.yes", { ...answer });
}
