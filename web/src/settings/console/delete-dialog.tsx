import { Button, Group, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { Note } from "../../ui/parts.tsx";
import { remove, type Stored, save, usersOf, usesQuery } from "../records.ts";
import type { Area } from "./areas.ts";
import { Uses } from "./uses-tab.tsx";

interface Props {
  area: Area;
  record: Stored;
  close(): void;
  gone(): void;
}

/** DeleteDialog deletes what nothing uses; else it lists the users. A protected number wants to be typed (PN-7). */
export function DeleteDialog({ area, record, close, gone }: Props) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const [typed, type] = useState("");
  const { data: uses } = useQuery(usesQuery(area, record.id));
  const guarded = area.kind === "number" && record.fields.deletion_protected === true;
  const drop = useMutation({
    mutationFn: async () => {
      if (guarded) await save(area, record.id, record.version, { ...record.fields, deletion_protected: false }, typed);
      await remove(area, record.id);
    },
    onSuccess: () => {
      gone();
      void queries.invalidateQueries({ queryKey: ["records"] });
      notifications.show({ message: t("record.deleted") });
    },
  });
  const users = usersOf(drop.error) ?? uses ?? [];
  const used = users.length > 0;
  return (
    <Modal
      opened
      onClose={close}
      title={t(used ? "delete.used" : "delete.title", { title: record.title })}
      closeButtonProps={{ "aria-label": t("form.close") }}
    >
      {used ? (
        <>
          <p>{t("delete.usedText")}</p>
          <Uses uses={users} />
        </>
      ) : (
        <>
          {drop.error && <Note tone="red">{words(drop.error)}</Note>}
          <p>{t(guarded ? "delete.protected" : "delete.text")}</p>
          {guarded && (
            <TextInput
              mt="sm"
              label={t("delete.number")}
              placeholder={record.title}
              value={typed}
              onChange={(event) => type(event.currentTarget.value)}
            />
          )}
        </>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close}>
          {t(used ? "form.close" : "form.cancel")}
        </Button>
        {!used && (
          <Button
            color="red"
            loading={drop.isPending}
            disabled={uses === undefined || (guarded && typed.replaceAll(/[^+\d]/g, "") !== record.title)}
            onClick={() => drop.mutate()}
          >
            {t(guarded ? "delete.lift" : "delete.go")}
          </Button>
        )}
      </Group>
    </Modal>
  );
}
