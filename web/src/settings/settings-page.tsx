import { useParams } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Appearance } from "./appearance.tsx";
import { Audio } from "./audio.tsx";
import { DeskPhone } from "./desk-phone.tsx";
import { Keyboard } from "./keyboard.tsx";
import { type MineName, SettingsNav, useMine } from "./nav.tsx";
import { Own } from "./own.tsx";

const pages: Record<MineName, ComponentType> = {
  own: Own,
  audio: Audio,
  appearance: Appearance,
  keys: Keyboard,
  phone: DeskPhone,
};

/** SettingsPage: one's own settings, in sections. What is kept in this browser holds at once. */
export default function SettingsPage() {
  const { t } = useTranslation();
  const { section } = useParams({ from: "/desk/settings/$section" });
  const current = useMine().find((name) => name === section) ?? "audio";
  const Page = pages[current];
  const title = t(`settings.${current}.title`);
  return (
    <>
      <h1 className="sr">{t("rail.settings")}</h1>
      <SettingsNav current={title} />
      <div className="pane-work">
        <div className="settings">
          <h2>{title}</h2>
          <p className="settings-lead">{t(`settings.${current}.lead`)}</p>
          <Page />
        </div>
      </div>
    </>
  );
}
