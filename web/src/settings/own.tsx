import { Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { saveOwn } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { ownQuery } from "../api/queries.ts";
import type { OwnFields, OwnSettings } from "../api/types.ts";
import { useDesk } from "../phone/context.ts";
import { Note, Section } from "../ui/parts.tsx";
import { OwnFollow } from "./own-follow.tsx";
import { OwnGreeting } from "./own-greeting.tsx";
import { AgentImage } from "./own-image.tsx";
import { OwnSpeedDials } from "./own-speed-dials.tsx";
import { OwnVoice } from "./own-voice.tsx";
import { OwnWhere } from "./own-where.tsx";
import { Password } from "./password.tsx";
import "../i18n/own.ts";

/** Own is one's own agent profile (AG-3): devices, forwarding, greeting, and the password. */
export function Own() {
  const { session } = useDesk();
  const { data, error } = useQuery(ownQuery);
  return (
    <div className="own">
      {error && <Note tone="red">{words(error)}</Note>}
      {data && <AgentImage agent={session.agent?.id ?? ""} name={session.user.name} image={data.image} />}
      {data && <Form own={data} key={data.version} />}
      <div className="own-columns">
        <OwnVoice />
        <Password />
        <OwnWhere />
      </div>
    </div>
  );
}

const languages = ["", "en", "de", "fr", "es"] as const;

type Set = <K extends keyof OwnFields>(name: K, value: OwnFields[K]) => void;

interface PartProps {
  own: OwnSettings;
  fields: OwnFields;
  set: Set;
}

function Form({ own }: { own: OwnSettings }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [fields, change] = useState(own.fields);
  const set: Set = (name, value) => change({ ...fields, [name]: value });
  const save = useMutation({
    mutationFn: () => saveOwn(own.version, fields),
    onSuccess: (next) => {
      queries.setQueryData(ownQuery.queryKey, next);
      notifications.show({ message: t("own.saved") });
    },
  });
  return (
    <form
      className="own-form"
      aria-label={t("settings.own.title")}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className="own-columns">
        <Section title={t("own.part.profile")}>
          <div className="own-part">
            <Profile own={own} fields={fields} set={set} />
          </div>
        </Section>
        <Section title={t("own.part.devices")}>
          <div className="own-part">
            <Devices own={own} fields={fields} set={set} />
          </div>
        </Section>
        <Section title={t("own.part.away")}>
          <div className="own-part">
            <Forwarding own={own} fields={fields} set={set} />
            <OwnFollow
              way={fields.follow_me}
              numbers={fields.follow_numbers}
              outside={own.external_forwarding}
              set={(follow_me, follow_numbers) => change({ ...fields, follow_me, follow_numbers })}
            />
          </div>
        </Section>
        <Section title={t("own.speed.title")}>
          <OwnSpeedDials entries={fields.speed_dials} set={(entries) => set("speed_dials", entries)} />
        </Section>
      </div>
      {save.error && <Note tone="red">{words(save.error)}</Note>}
      <div>
        <Button type="submit" loading={save.isPending} disabled={fields === own.fields}>
          {t("own.save")}
        </Button>
      </div>
    </form>
  );
}

function Devices({ own, fields, set }: PartProps) {
  const { t } = useTranslation();
  const devices = ["softphone", "desk_phone", "receiving_number"] as const;
  const strategies = ["preferred_only", "sequential", "simultaneous"] as const;
  return (
    <>
      <NativeSelect
        label={t("own.preferred_device")}
        value={fields.preferred_device}
        data={devices.map((value) => ({
          value,
          label: t(`device.${value}`),
          disabled: value === "desk_phone" && !own.desk_phone,
        }))}
        onChange={(event) => set("preferred_device", devices[event.currentTarget.selectedIndex] ?? "softphone")}
      />
      <NativeSelect
        label={t("own.ring_strategy")}
        value={fields.ring_strategy}
        data={strategies.map((value) => ({ value, label: t(`own.strategy.${value}`) }))}
        onChange={(event) => set("ring_strategy", strategies[event.currentTarget.selectedIndex] ?? "sequential")}
      />
      <TextInput
        label={t("own.receiving_number")}
        description={t("own.receivingText")}
        value={fields.receiving_number}
        onChange={(event) => set("receiving_number", event.currentTarget.value)}
      />
      <Switch
        label={t("own.call_waiting")}
        checked={fields.call_waiting}
        onChange={(event) => set("call_waiting", event.currentTarget.checked)}
      />
    </>
  );
}

function Forwarding({ own, fields, set }: PartProps) {
  const { t } = useTranslation();
  const ways = ["off", "failover", "always"] as const;
  return (
    <>
      <NativeSelect
        label={t("own.forwarding")}
        value={fields.forwarding}
        data={ways.map((value) => ({ value, label: t(`own.forward.${value}`) }))}
        onChange={(event) => set("forwarding", ways[event.currentTarget.selectedIndex] ?? "off")}
      />
      {fields.forwarding !== "off" && (
        <TextInput
          label={t("own.forward_to")}
          description={t(own.external_forwarding ? "own.forwardOutside" : "own.forwardInside")}
          value={fields.forward_to}
          onChange={(event) => set("forward_to", event.currentTarget.value)}
        />
      )}
      <Switch
        label={t("own.voicemail")}
        checked={fields.voicemail}
        onChange={(event) => set("voicemail", event.currentTarget.checked)}
      />
      <OwnGreeting value={fields.unavailable_greeting} set={(greeting) => set("unavailable_greeting", greeting)} />
    </>
  );
}

function Profile({ own, fields, set }: PartProps) {
  const { t } = useTranslation();
  const statuses = ["available", "busy", "unavailable"] as const;
  return (
    <>
      <TextInput
        label={t("own.display_name")}
        maxLength={50}
        value={fields.display_name}
        onChange={(event) => set("display_name", event.currentTarget.value)}
      />
      <NativeSelect
        label={t("own.default_number")}
        value={fields.default_number}
        data={[
          { value: "", label: t("own.companyNumber") },
          ...own.numbers.map(({ id, number, label }) => ({
            value: id,
            label: label ? `${number} · ${label}` : number,
          })),
        ]}
        onChange={(event) => set("default_number", event.currentTarget.value)}
      />
      <NativeSelect
        label={t("own.default_status")}
        value={fields.default_status}
        data={statuses.map((value) => ({ value, label: t(`own.status.${value}`) }))}
        onChange={(event) => set("default_status", statuses[event.currentTarget.selectedIndex] ?? "unavailable")}
      />
      <Switch
        label={t("own.record_outgoing_automatically")}
        checked={fields.record_outgoing_automatically}
        onChange={(event) => set("record_outgoing_automatically", event.currentTarget.checked)}
      />
      <NativeSelect
        label={t("own.default_language")}
        description={t("own.default_languageText")}
        value={fields.default_language}
        data={languages.map((value) => ({ value, label: t(`own.language.${value || "company"}`) }))}
        onChange={(event) => set("default_language", event.currentTarget.value)}
      />
      <TextInput label={t("own.limits")} description={t("own.limitsText")} disabled value="" readOnly />
      <TextInput label={t("own.ai")} description={t("own.aiText")} disabled value="" readOnly />
    </>
  );
}
