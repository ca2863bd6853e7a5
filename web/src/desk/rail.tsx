import { Menu, UnstyledButton } from "@mantine/core";
import {
  IconChartBar,
  IconHeadset,
  IconHistory,
  IconLogout,
  IconMail,
  IconPhone,
  IconSettings,
  IconUsersGroup,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Role } from "../api/types.ts";
import { ringing, talking } from "../live/picture.ts";
import { StatusMark } from "../live/status-mark.tsx";
import { useStore } from "../live/use-store.ts";
import { useDesk, useLive } from "../phone/context.ts";
import { Logo } from "../ui/logo.tsx";
import { Avatar } from "../ui/parts.tsx";
import { view } from "./view.ts";

const PresenceMenu = lazy(() => import("./presence-menu.tsx"));
const Bell = lazy(() => import("./bell.tsx"));

interface Area {
  to: "/calls" | "/contacts" | "/voicemail" | "/history" | "/queues" | "/settings/$section";
  word: "calls" | "contacts" | "voicemail" | "history" | "queues" | "settings";
  icon: ComponentType<{ size?: number; stroke?: number }>;
  roles: readonly Role[];
}

const everyone: readonly Role[] = ["admin", "supervisor", "agent", "none"];

const areas: readonly Area[] = [
  { to: "/calls", word: "calls", icon: IconHeadset, roles: everyone },
  { to: "/contacts", word: "contacts", icon: IconUsersGroup, roles: ["admin", "supervisor", "agent"] },
  { to: "/voicemail", word: "voicemail", icon: IconMail, roles: ["admin", "supervisor", "agent"] },
  { to: "/history", word: "history", icon: IconHistory, roles: ["admin", "supervisor", "agent"] },
  { to: "/queues", word: "queues", icon: IconChartBar, roles: ["admin", "supervisor"] },
  { to: "/settings/$section", word: "settings", icon: IconSettings, roles: everyone },
];

/** Rail leads to the areas this role may see. */
export function Rail({ signOut }: { signOut(sure: boolean): void }) {
  const { t } = useTranslation();
  const { session } = useDesk();
  return (
    <nav className="rail" aria-label={t("rail.label")}>
      <Link to="/calls" className="rail-logo" aria-label={t("rail.home")}>
        <Logo size={30} />
      </Link>
      <ul className="rail-areas">
        {areas
          .filter((area) => area.roles.includes(session.role))
          .map((area) => (
            <li key={area.word}>
              <AreaLink area={area} />
            </li>
          ))}
        <li className="rail-phone">
          <PhoneButton />
        </li>
      </ul>
      <div className="rail-bells">
        <Suspense>{session.role !== "none" && <Bell />}</Suspense>
      </div>
      <Me signOut={signOut} />
    </nav>
  );
}

function AreaLink({ area: { to, word, icon: Icon } }: { area: Area }) {
  const { t } = useTranslation();
  const waiting = useLive((live) => live.queues.reduce((sum, queue) => sum + queue.waiting, 0)) ?? 0;
  const unheard = useLive((live) => live.mailboxes.reduce((sum, box) => sum + (box.mine ? box.unheard : 0), 0)) ?? 0;
  const badge = word === "calls" ? waiting : word === "voicemail" ? unheard : 0;
  const common = { className: "rail-link", onClick: () => view.raise(false) };
  const inside = (
    <>
      <Icon size={22} stroke={1.7} />
      <span>{t(`rail.${word}`)}</span>
      {badge > 0 && (
        <span className="rail-badge num">
          {badge}
          <span className="sr">{t(word === "calls" ? "rail.waiting" : "rail.unheard")}</span>
        </span>
      )}
    </>
  );
  if (to === "/settings/$section") {
    return (
      <Link {...common} to={to} params={{ section: "audio" }} activeOptions={{ exact: false }}>
        {inside}
      </Link>
    );
  }
  return (
    <Link {...common} to={to} activeOptions={{ exact: false, includeSearch: false }}>
      {inside}
    </Link>
  );
}

/** PhoneButton raises the phone where the screen is too narrow to keep it beside the work. */
function PhoneButton() {
  const { t } = useTranslation();
  const { sheet } = useStore(view);
  const status = useLive((live) => live.me.status);
  const busy = useLive((live) => Boolean(ringing(live.me) ?? talking(live.me)));
  return (
    <button
      type="button"
      className="rail-link"
      aria-expanded={sheet}
      data-busy={busy || undefined}
      onClick={() => view.raise(!sheet)}
    >
      <IconPhone size={22} stroke={1.7} />
      <span>{t("rail.phone")}</span>
      {status && (
        <span className="rail-dot">
          <StatusMark status={status} size={11} />
        </span>
      )}
    </button>
  );
}

function Me({ signOut }: { signOut(sure: boolean): void }) {
  const { t } = useTranslation();
  const [asked, ask] = useState(false);
  const { session } = useDesk();
  const inCall = useLive((live) => talking(live.me) !== undefined) ?? false;
  const look = useLive((live) => live.presence);
  return (
    <Menu
      position="right-end"
      width={280}
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      onClose={() => ask(false)}
    >
      <Menu.Target>
        <UnstyledButton className="rail-me" title={session.user.name}>
          <Avatar name={session.user.name} size={36} />
          {look && <span className="rail-presence" data-presence={inCall ? "red" : look.colour} />}
          <span className="sr">
            {t("rail.me", { name: session.user.name })} {look?.name}
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className="me-menu">
        <div className="me-card">
          <strong>{session.user.name}</strong>
          <span>{session.user.email}</span>
          <span>
            {t(`role.${session.role}`)} · {session.organisation.name}
            {session.agent && ` · ${t("rail.extension", { extension: session.agent.extension })}`}
          </span>
        </div>
        {session.role !== "none" && (
          <Suspense>
            <PresenceMenu />
          </Suspense>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          closeMenuOnClick={!inCall || asked}
          {...(asked ? { color: "red" } : {})}
          onClick={() => (inCall && !asked ? ask(true) : signOut(asked))}
        >
          {t(inCall && asked ? "rail.signOutInCall" : "rail.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
