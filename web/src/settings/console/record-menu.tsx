import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCopy, IconDots, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { copy, type Stored } from "../records.ts";
import type { Area } from "./areas.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import { InviteDialog, type Invited } from "./invite-dialog.tsx";
import { PhoneDialog, type SignIn } from "./phone-dialog.tsx";
import { PhoneItems } from "./phone-items.tsx";
import { UserItems } from "./user-items.tsx";

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
  const [invited, invites] = useState<Invited>();
  const [signIn, links] = useState<SignIn>();
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
          {area.kind === "user" && <UserItems id={record.id} sent={invites} />}
          {area.kind === "agent" && <PhoneItems id={record.id} linked={links} />}
          <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={() => deletes(true)}>
            {t("record.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {invited && <InviteDialog invited={invited} close={() => invites(undefined)} />}
      {signIn && <PhoneDialog signIn={signIn} close={() => links(undefined)} />}
      {deleting && <DeleteDialog area={area} record={record} close={() => deletes(false)} gone={close} />}
    </>
  );
}
