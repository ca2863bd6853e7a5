import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import type { Field } from "../form/schema.ts";
import type { Area } from "./areas.ts";
import { CreateForm } from "./create-form.tsx";
import { DetailHead } from "./detail-head.tsx";

interface Props {
  area: Area;
  fields: readonly Field[];
  close(): void;
  made(id: string): void;
}

/** CreatePane makes a new record beside the list, and opens it. */
export function CreatePane({ area, fields, close, made }: Props) {
  const { t } = useTranslation("console");
  const title = t("record.new", { kind: t(`kind.${area.kind}.one`) });
  return (
    <section className="console-detail" aria-label={title}>
      <DetailHead title={title} close={close} />
      <CreateForm
        area={area}
        fields={fields}
        cancel={close}
        made={(record) => {
          notifications.show({ message: t("form.created") });
          made(record.id);
        }}
      />
    </section>
  );
}
