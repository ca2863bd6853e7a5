import {
  IconBuilding,
  IconChevronDown,
  IconClipboardText,
  IconDeviceLandlinePhone,
  IconKeyboard,
  IconMicrophone,
  IconRoute,
  IconSun,
  IconUserCog,
  IconWand,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ComponentType, useState } from "react";
import { useTranslation } from "react-i18next";
import "../i18n/console.ts";
import "../i18n/mine.ts";
import { useDesk } from "../phone/context.ts";
import { areaNamed, groups } from "./console/areas.ts";
import "./settings.css";

const mine = {
  own: IconUserCog,
  audio: IconMicrophone,
  appearance: IconSun,
  keys: IconKeyboard,
  phone: IconDeviceLandlinePhone,
} satisfies Record<string, Icon>;

type Icon = ComponentType<{ size?: number; stroke?: number }>;

export type MineName = keyof typeof mine;

/** useMine lists the sections that are one's own; profile and desk phone are for agents. */
export function useMine(): MineName[] {
  const { session } = useDesk();
  const has = (name: MineName) => {
    return (name !== "own" && name !== "phone") || (session.agent !== undefined && session.role !== "none");
  };
  return (Object.keys(mine) as MineName[]).filter(has);
}

/** SettingsNav leads to one's own settings and, for administrators, to those of the company. */
export function SettingsNav({ current }: { current: string }) {
  const { t } = useTranslation();
  const { t: c } = useTranslation("console");
  const { session } = useDesk();
  const [opened, open] = useState(false);
  const admin = session.role === "admin";
  return (
    <nav className="pane-list settings-list" aria-label={t("rail.settings")} data-admin={admin || undefined}>
      <p className="settings-title" aria-hidden="true">
        {t("rail.settings")}
      </p>
      {admin && (
        <button type="button" className="settings-fold" aria-expanded={opened} onClick={() => open(!opened)}>
          {current}
          <IconChevronDown size={16} aria-hidden="true" />
        </button>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: it follows the links in it, which keys press too */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div className="settings-groups" data-open={opened || undefined} onClick={() => open(false)}>
        {admin && <h2 className="settings-group">{c("console.mine")}</h2>}
        <ul>
          {useMine().map((name) => (
            <li key={name}>
              <Entry to={name} icon={mine[name]} word={t(`settings.${name}.title`)} />
            </li>
          ))}
        </ul>
        {admin && <Company />}
      </div>
    </nav>
  );
}

function Entry({ to, icon: Icon, word }: { to: MineName; icon: Icon; word: string }) {
  return (
    <Link to="/settings/$section" params={{ section: to }} className="settings-link">
      <Icon size={18} stroke={1.7} />
      {word}
    </Link>
  );
}

function Company() {
  const { t } = useTranslation("console");
  const fixed = [
    { area: "first", icon: IconWand, word: t("console.first") },
    { area: "organisation", icon: IconBuilding, word: t("console.organisation") },
    { area: "audit", icon: IconClipboardText, word: t("console.audit") },
  ];
  return (
    <>
      <h2 className="settings-group">{t("console.company")}</h2>
      <ul>
        {fixed.map(({ area, icon: Icon, word }) => (
          <li key={area}>
            <CompanyLink area={area}>
              <Icon size={18} stroke={1.7} />
              {word}
            </CompanyLink>
          </li>
        ))}
        <li>
          <Link to="/routing/$page" params={{ page: "numbers" }} className="settings-link">
            <IconRoute size={18} stroke={1.7} />
            {t("console.routing")}
          </Link>
        </li>
      </ul>
      {groups.map((group) => (
        <div key={group.word}>
          <h2 className="settings-group">{t(`group.${group.word}`)}</h2>
          <ul>
            {group.areas.map((plural) => {
              const kind = areaNamed(plural)?.kind;
              return (
                kind && (
                  <li key={plural}>
                    <CompanyLink area={plural}>{t(`kind.${kind}.many`)}</CompanyLink>
                  </li>
                )
              );
            })}
          </ul>
        </div>
      ))}
    </>
  );
}

function CompanyLink({ area, children }: { area: string; children: React.ReactNode }) {
  return (
    <Link
      to="/settings/company/$area"
      params={{ area }}
      search={{}}
      activeOptions={{ includeSearch: false }}
      className="settings-link"
    >
      {children}
    </Link>
  );
}
