import { Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDeviceLandlinePhone, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { linkPhone, unlinkPhone } from "../../api/commands.ts";
import { words } from "../../api/problem.ts";
import type { SignIn } from "./phone-dialog.tsx";

/** PhoneItems link a desk phone to an agent, or take it away (AG-5). */
export function PhoneItems({ id, linked }: { id: string; linked(signIn: SignIn): void }) {
  const { t } = useTranslation("console");
  const refused = (error: unknown) => notifications.show({ color: "red", message: words(error) });
  const gone = () => notifications.show({ message: t("record.phoneGone") });
  return (
    <>
      <Menu.Item
        leftSection={<IconDeviceLandlinePhone size={16} />}
        onClick={() => linkPhone(id).then(linked, refused)}
      >
        {t("record.phone")}
      </Menu.Item>
      <Menu.Item leftSection={<IconPlugConnectedX size={16} />} onClick={() => unlinkPhone(id).then(gone, refused)}>
        {t("record.phoneAway")}
      </Menu.Item>
    </>
  );
}
