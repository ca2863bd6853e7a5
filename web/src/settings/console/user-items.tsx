import { Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconMailForward, IconPassword } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { inviteUser, resetUser } from "../../api/commands.ts";
import { words } from "../../api/problem.ts";
import type { Invited } from "./invite-dialog.tsx";

/** UserItems send a user the welcome mail again, or a link for a new password (US-2). */
export function UserItems({ id, sent }: { id: string; sent(link: Invited): void }) {
  const { t } = useTranslation("console");
  const send = (mail: typeof inviteUser) =>
    mail(id).then(sent, (error) => notifications.show({ color: "red", message: words(error) }));
  return (
    <>
      <Menu.Item leftSection={<IconMailForward size={16} />} onClick={() => send(inviteUser)}>
        {t("record.invite")}
      </Menu.Item>
      <Menu.Item leftSection={<IconPassword size={16} />} onClick={() => send(resetUser)}>
        {t("record.reset")}
      </Menu.Item>
    </>
  );
}
