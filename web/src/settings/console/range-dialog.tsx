import { Button, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconListNumbers } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../form/schema.ts";
import { addRange } from "../records.ts";
import type { Area } from "./areas.ts";
import { CreateForm } from "./create-form.tsx";

/** AddRange adds numbers that a carrier gives in one piece (PN-9). */
export function AddRange({ area, fields }: { area: Area; fields: readonly Field[] }) {
  const { t } = useTranslation("console");
  const [open, opens] = useState(false);
  const [last, ends] = useState("");
  const add = async (values: unknown) => {
    const { created } = await addRange(last.replaceAll(/[^+\d]/g, ""), values);
    notifications.show({ message: t("range.added", { count: created }) });
    return undefined;
  };
  const close = () => {
    opens(false);
    ends("");
  };
  return (
    <>
      <Button variant="default" leftSection={<IconListNumbers size={16} />} onClick={() => opens(true)}>
        {t("list.range")}
      </Button>
      <Modal
        opened={open}
        onClose={close}
        size="lg"
        title={t("range.title")}
        closeButtonProps={{ "aria-label": t("form.close") }}
      >
        <p>{t("range.lead")}</p>
        <TextInput
          mt="sm"
          type="tel"
          required
          label={t("range.last")}
          placeholder="+3225550199"
          value={last}
          onChange={(event) => ends(event.currentTarget.value)}
        />
        <CreateForm area={area} fields={fields} made={close} cancel={close} make={add} word={t("range.add")} />
      </Modal>
    </>
  );
}
