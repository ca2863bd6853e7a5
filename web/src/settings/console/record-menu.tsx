import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCopy, IconDots, IconMailForward, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { inviteUser } from "../../api/commands.ts";
import { words } from "../../api/problem.ts";
import { copy, type Stored } from "../records.ts";
import type { Area } from "./areas.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import { InviteDialog } from "./invite-dialog.tsx";

interface Props {
  area: Area;
  record: Stored;
  close(): void;
  open(id: string): void;
}

/** RecordMenu copies and deletes a record. */
export function RecordMenu({ area, record, close, open }: Props) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const [deleting, deletes] = useState(false);
  const duplicate = useMutation({
    mutationFn: () => copy(area, record.id),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ["records"] });
      notifications.show({ message: t("record.copied") });
      open(made.id);
    },
    onError: (error) => notifications.show({ color: "red", message: words(error) }),
  });
  const invite = useMutation({
    mutationFn: () => inviteUser(record.id),
    onError: (error) => notifications.show({ color: "red", message: words(error) }),
  });
  return (
    <>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t("record.more")}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {area.copies && (
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => duplicate.mutate()}>
              {t("record.copy")}
            </Menu.Item>
          )}
          {area.kind === "user" && (
            <Menu.Item leftSection={<IconMailForward size={16} />} onClick={() => invite.mutate()}>
              {t("record.invite")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={() => deletes(true)}>
            {t("record.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {invite.data && <InviteDialog invited={invite.data} close={invite.reset} />}
      {deleting && <DeleteDialog area={area} record={record} close={() => deletes(false)} gone={close} />}
    </>
  );
}
