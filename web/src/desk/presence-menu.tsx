import { Button, Menu, SegmentedControl, Select, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { presenceQuery, setPresence } from "../api/contacts.ts";
import { words } from "../api/problem.ts";
import type { PresenceChoice } from "../api/types.ts";
import { say } from "../i18n/contacts.ts";
import "./presence-menu.css";

type Own = NonNullable<ReturnType<typeof useOwn>>;

const useOwn = () => useQuery({ ...presenceQuery, refetchOnMount: "always" }).data;

/** PresenceMenu: where the user is, a word about it, and what holds for the user's direct calls (PR-2, PR-3, VM-14). */
export default function PresenceMenu() {
  const own = useOwn();
  const queries = useQueryClient();
  const pick = useMutation({
    mutationFn: (change: Partial<PresenceChoice>) => setPresence({ ...chosen(own), ...change }),
    onSettled: () => queries.invalidateQueries({ queryKey: presenceQuery.queryKey }),
    onError: (error) => notifications.show({ color: "red", message: words(error) }),
  });
  if (!own) return null;
  const choose = (change: Partial<PresenceChoice>) => pick.mutate(change);
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{say("presence.title")}</Menu.Label>
      <div className="presence-choices">
        {own.choices.map(({ id, name, colour }) => (
          <Menu.Item
            key={id}
            closeMenuOnClick={false}
            data-chosen={id === own.presence || undefined}
            aria-current={id === own.presence}
            leftSection={<span className="presence-dot" data-presence={colour} />}
            onClick={() => choose({ presence: id })}
          >
            {name}
          </Menu.Item>
        ))}
      </div>
      <Word key={own.text ?? ""} text={own.text ?? ""} set={(text) => choose({ text })} />
      {own.overrides ? <Calls own={own} choose={choose} /> : null}
      {!own.active && <p className="presence-note">{say("presence.passive")}</p>}
    </>
  );
}

/** chosen is what stands now, as it is sent with a change. */
function chosen(own: Own | undefined): PresenceChoice {
  const { presence = "available", text, do_not_disturb, forwarding, forward_to, devices } = own ?? {};
  return {
    presence,
    ...(text && { text }),
    ...(do_not_disturb && { do_not_disturb }),
    ...(forwarding && { forwarding }),
    ...(forward_to && { forward_to }),
    ...(devices && { devices }),
  };
}

/** Keys typed into a field are no shortcuts of the menu. */
const typed = (event: React.KeyboardEvent) => {
  if (event.key !== "Escape") event.stopPropagation();
};

function Word({ text, set }: { text: string; set(text: string): void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    set(String(new FormData(event.currentTarget).get("text") ?? ""));
  };
  return (
    <form className="presence-word" onSubmit={submit}>
      <TextInput
        name="text"
        size="xs"
        maxLength={100}
        defaultValue={text}
        aria-label={say("presence.text")}
        placeholder={say("presence.text")}
        onKeyDown={typed}
      />
      <Button size="xs" variant="default" type="submit">
        {say("presence.save")}
      </Button>
    </form>
  );
}

const devices = ["softphone", "desk_phone", "receiving_number"] as const;

function Calls({ own, choose }: { own: Own; choose(change: Partial<PresenceChoice>): void }) {
  const [forwarding, plan] = useState<string>(own.forwarding ?? "");
  const forwards = forwarding === "failover" || forwarding === "always";
  const forward = (next: string) => {
    plan(next);
    if (next === "" || next === "off") choose({ forwarding: next as "off", forward_to: "" });
  };
  const toggle = (device: (typeof devices)[number]) => {
    const now = own.devices ?? [];
    choose({ devices: now.includes(device) ? now.filter((one) => one !== device) : [...now, device] });
  };
  return (
    <fieldset className="presence-calls" aria-label={say("presence.more")}>
      <span title={say("presence.dndHelp")}>{say("presence.dnd")}</span>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={say("presence.dnd")}
        value={own.do_not_disturb ?? ""}
        onChange={(next) => choose({ do_not_disturb: next as "on" | "off" | "" })}
        data={[
          { value: "", label: say("presence.own") },
          { value: "on", label: say("presence.on") },
          { value: "off", label: say("presence.off") },
        ]}
      />
      <Select
        size="xs"
        label={say("presence.forwarding")}
        value={forwarding}
        comboboxProps={{ withinPortal: false }}
        onChange={(next) => forward(next ?? "")}
        onKeyDown={typed}
        allowDeselect={false}
        data={[
          { value: "", label: say("presence.own") },
          { value: "off", label: say("presence.off") },
          { value: "failover", label: say("presence.failover") },
          { value: "always", label: say("presence.always") },
        ]}
      />
      {forwards && (
        <form
          className="presence-word"
          onSubmit={(event) => {
            event.preventDefault();
            const to = String(new FormData(event.currentTarget).get("to") ?? "").trim();
            choose({ forwarding: forwarding as "always", forward_to: to });
          }}
        >
          <TextInput
            name="to"
            size="xs"
            defaultValue={own.forward_to ?? ""}
            aria-label={say("presence.forwardTo")}
            placeholder={say("presence.forwardTo")}
            onKeyDown={typed}
          />
          <Button size="xs" variant="default" type="submit">
            {say("presence.save")}
          </Button>
        </form>
      )}
      <span>{say("presence.devices")}</span>
      <div className="presence-devices">
        {devices.map((device) => (
          <Button
            key={device}
            size="compact-xs"
            variant={own.devices?.includes(device) ? "filled" : "default"}
            aria-pressed={own.devices?.includes(device) ?? false}
            onClick={() => toggle(device)}
          >
            {say(`presence.${device}`)}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
