import { IconDeviceLandlinePhone, IconKeyboard, IconMicrophone, IconSun } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../phone/context.ts";
import { Appearance } from "./appearance.tsx";
import { Audio } from "./audio.tsx";
import { DeskPhone } from "./desk-phone.tsx";
import { Keyboard } from "./keyboard.tsx";
import "./settings.css";

const sections = {
  audio: { icon: IconMicrophone, page: Audio },
  appearance: { icon: IconSun, page: Appearance },
  keys: { icon: IconKeyboard, page: Keyboard },
  phone: { icon: IconDeviceLandlinePhone, page: DeskPhone },
} satisfies Record<string, { icon: ComponentType<{ size?: number; stroke?: number }>; page: ComponentType }>;

type SectionName = keyof typeof sections;

/** SettingsPage: sections in the list, one of them in the work. Every change holds at once. */
export default function SettingsPage() {
  const { t } = useTranslation();
  const { section } = useParams({ from: "/desk/settings/$section" });
  const { session } = useDesk();
  const names = (Object.keys(sections) as SectionName[]).filter((name) => name !== "phone" || session.desk_phone);
  const current = names.find((name) => name === section) ?? "audio";
  const Page = sections[current].page;
  return (
    <>
      <h1 className="sr">{t("rail.settings")}</h1>
      <nav className="pane-list settings-list" aria-label={t("rail.settings")}>
        <p className="settings-title" aria-hidden="true">
          {t("rail.settings")}
        </p>
        <ul>
          {names.map((name) => (
            <SectionLink key={name} name={name} />
          ))}
        </ul>
      </nav>
      <div className="pane-work">
        <div className="settings">
          <h2>{t(`settings.${current}.title`)}</h2>
          <p className="settings-lead">{t(`settings.${current}.lead`)}</p>
          <Page />
        </div>
      </div>
    </>
  );
}

function SectionLink({ name }: { name: SectionName }) {
  const { t } = useTranslation();
  const Icon = sections[name].icon;
  return (
    <li>
      <Link to="/settings/$section" params={{ section: name }} className="settings-link">
        <Icon size={18} stroke={1.7} />
        {t(`settings.${name}.title`)}
      </Link>
    </li>
  );
}
