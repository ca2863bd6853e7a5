import { Button, Tabs } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { Badge, Empty } from "../../ui/parts.tsx";
import { type Field, offers } from "../form/schema.ts";
import type { Values } from "../form/values.ts";
import { descriptionQuery, recordQuery, type Stored } from "../records.ts";
import type { Area } from "./areas.ts";
import { AudioSound } from "./audio-sound.tsx";
import { DetailHead } from "./detail-head.tsx";
import { EditForm } from "./edit-form.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { Leads } from "./leads.tsx";
import { PersonLink } from "./person-link.tsx";
import { RangeCalendar } from "./range-calendar.tsx";
import { RecordMenu } from "./record-menu.tsx";
import { TrunkTest } from "./trunk-test.tsx";
import { UsesTab } from "./uses-tab.tsx";

interface Props {
  area: Area;
  fields: readonly Field[];
  id: string;
  close(): void;
  open(id: string): void;
}

/** RecordPane: a record with its form, where it is used, and its versions. */
export function RecordPane({ area, fields, id, close, open }: Props) {
  const { t } = useTranslation("console");
  const { data: record, error } = useQuery(recordQuery(area, id));
  const { data: doc } = useQuery(descriptionQuery);
  if (error && !record) {
    return (
      <section className="console-detail">
        <DetailHead title={t(`kind.${area.kind}.many`)} close={close} />
        <Empty title={t("record.goneTitle")}>
          <p>{words(error)}</p>
          <Button variant="default" onClick={close}>
            {t("record.back")}
          </Button>
        </Empty>
      </section>
    );
  }
  if (!record) return <section className="console-detail" aria-busy="true" />;
  return (
    <section className="console-detail" aria-label={record.title}>
      <DetailHead title={record.title} close={close}>
        {record.draft && <Badge tone="orange">{t("list.draft")}</Badge>}
        {doc && offers(doc, "delete", `/settings/${area.plural}/{id}`) && (
          <RecordMenu area={area} record={record} close={close} open={open} />
        )}
      </DetailHead>
      <PersonLink area={area} record={record} />
      {area.uploaded && <AudioSound record={record} />}
      {area.kind === "trunk" && <TrunkTest key={record.version} id={record.id} />}
      {area.kind === "time_range" && record.fields.calendar !== "" && (
        <RangeCalendar key={record.version} id={record.id} address={String(record.fields.calendar)} />
      )}
      {area.kind === "lead_list" && (
        <div className="record-leads">
          <Leads key={record.id} list={record.id} />
        </div>
      )}
      <Parts area={area} fields={fields} record={record} />
    </section>
  );
}

type Part = "settings" | "uses" | "history";

function Parts({ area, fields, record }: { area: Area; fields: readonly Field[]; record: Stored }) {
  const { t } = useTranslation("console");
  const [part, choose] = useState<Part>("settings");
  const [taken, take] = useState<{ version: number; values: Values }>();
  return (
    <Tabs value={part} onChange={(next) => choose(next as Part)} className="parts" keepMounted={false}>
      <Tabs.List aria-label={t("record.tabs")}>
        {(["settings", "uses", "history"] as const).map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`record.${one}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="settings" keepMounted className="parts-panel">
        <EditForm area={area} fields={fields} record={record} taken={taken} />
      </Tabs.Panel>
      <Tabs.Panel value="uses" className="parts-panel">
        <UsesTab area={area} id={record.id} />
      </Tabs.Panel>
      <Tabs.Panel value="history" className="parts-panel">
        <HistoryTab
          area={area}
          fields={fields}
          record={record}
          take={(version, values) => {
            take({ version, values });
            choose("settings");
            notifications.show({ message: t("record.taken", { version }) });
          }}
        />
      </Tabs.Panel>
    </Tabs>
  );
}
