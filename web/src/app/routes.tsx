import { notifications } from "@mantine/notifications";
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { words } from "../api/problem.ts";
import { sessionQuery, setupQuery } from "../api/queries.ts";
import { CallsPage } from "../desk/calls-page.tsx";
import { Frame } from "../desk/frame.tsx";
import { parseSearch } from "../history/filter.ts";
import { DeskContext } from "../phone/context.ts";
import { parseCompany } from "../settings/console/search.ts";
import { Empty, Note } from "../ui/parts.tsx";
import { parseSearch as parseVoicemail } from "../voicemail/search.ts";
import { parseSearch as parseWorkforce } from "../workforce/search.ts";
import { deskOf, leave, queries, whenSignedOut } from "./session.ts";

const root = createRootRoute({ component: Outlet, errorComponent: Fault, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  beforeLoad: async () => {
    const { needed } = await queries.ensureQueryData(setupQuery);
    if (needed) throw redirect({ to: "/setup" });
  },
  component: lazyRouteComponent(() => import("../session/sign-in-page.tsx")),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  beforeLoad: async () => {
    const { needed } = await queries.ensureQueryData(setupQuery);
    if (!needed) throw redirect({ to: "/sign-in" });
  },
  component: lazyRouteComponent(() => import("../session/setup-page.tsx")),
});

const desk = createRoute({
  getParentRoute: () => root,
  id: "desk",
  beforeLoad: async () => {
    const session = await queries.ensureQueryData(sessionQuery);
    if (!session) throw redirect({ to: "/sign-in" });
    return { desk: await deskOf(session) };
  },
  component: DeskFrame,
});

const home = createRoute({
  getParentRoute: () => desk,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/calls" });
  },
});

const calls = createRoute({ getParentRoute: () => desk, path: "/calls", component: CallsPage });

const history = createRoute({
  getParentRoute: () => desk,
  path: "/history",
  validateSearch: parseSearch,
  component: lazyRouteComponent(() => import("../history/history-page.tsx")),
});

const voicemail = createRoute({
  getParentRoute: () => desk,
  path: "/voicemail",
  validateSearch: parseVoicemail,
  component: lazyRouteComponent(() => import("../voicemail/voicemail-page.tsx")),
});

const contacts = createRoute({
  getParentRoute: () => desk,
  path: "/contacts",
  component: lazyRouteComponent(() => import("../contacts/contacts-page.tsx")),
});

const dashboard = createRoute({
  getParentRoute: () => desk,
  path: "/queues",
  beforeLoad: ({ context }) => {
    const { role } = context.desk.session;
    if (role !== "admin" && role !== "supervisor") throw redirect({ to: "/calls" });
  },
  component: lazyRouteComponent(() => import("../supervisor/dashboard-page.tsx")),
});

const permissions = createRoute({
  getParentRoute: () => desk,
  path: "/queues/blocked",
  beforeLoad: ({ context }) => {
    const { role } = context.desk.session;
    if (role !== "admin" && role !== "supervisor") throw redirect({ to: "/calls" });
  },
  component: lazyRouteComponent(() => import("../supervisor/permissions-page.tsx")),
});

const workforce = createRoute({
  getParentRoute: () => desk,
  path: "/workforce",
  validateSearch: parseWorkforce,
  beforeLoad: ({ context }) => {
    const { role } = context.desk.session;
    if (role !== "admin" && role !== "supervisor") throw redirect({ to: "/calls" });
  },
  component: lazyRouteComponent(() => import("../workforce/workforce-page.tsx")),
});

const routing = createRoute({
  getParentRoute: () => desk,
  path: "/routing/$page",
  beforeLoad: ({ context }) => {
    const { role } = context.desk.session;
    if (role !== "admin" && role !== "supervisor") throw redirect({ to: "/calls" });
  },
  component: lazyRouteComponent(() => import("../routing/routing-page.tsx")),
});

const settings = createRoute({
  getParentRoute: () => desk,
  path: "/settings/$section",
  component: lazyRouteComponent(() => import("../settings/settings-page.tsx")),
});

const company = createRoute({
  getParentRoute: () => desk,
  path: "/settings/company/$area",
  validateSearch: parseCompany,
  beforeLoad: ({ context }) => {
    if (context.desk.session.role !== "admin")
      throw redirect({ to: "/settings/$section", params: { section: "audio" } });
  },
  component: lazyRouteComponent(() => import("../settings/console/company-page.tsx")),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: (search: Record<string, unknown>) => ({ token: String(search.token ?? "") }),
  component: lazyRouteComponent(() => import("../session/welcome-page.tsx")),
});

const tree = root.addChildren([
  signIn,
  setup,
  welcome,
  desk.addChildren([
    home,
    calls,
    contacts,
    voicemail,
    history,
    dashboard,
    permissions,
    workforce,
    routing,
    settings,
    company,
  ]),
]);

export const router = createRouter({ routeTree: tree, defaultPreload: "intent", scrollRestoration: false });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

const toDoor = () => void router.navigate({ to: "/sign-in" });
whenSignedOut(toDoor);

function DeskFrame() {
  const { desk: open } = desk.useRouteContext();
  const signOut = (sure: boolean) => {
    leave(sure).then(toDoor, (error: unknown) => notifications.show({ color: "red", message: words(error) }));
  };
  return (
    <DeskContext value={open}>
      <Frame signOut={signOut}>
        <Outlet />
      </Frame>
    </DeskContext>
  );
}

function Fault({ error }: { error: unknown }) {
  return (
    <main style={{ maxWidth: 480, margin: "20vh auto", padding: 16 }}>
      <Note tone="red">{words(error)}</Note>
    </main>
  );
}

function NotFound() {
  const { t } = useTranslation();
  return (
    <main style={{ paddingTop: "20vh" }}>
      <Empty title={t("notFound.title")}>
        <a href="/calls">{t("notFound.home")}</a>
      </Empty>
    </main>
  );
}
