import "./ui/reset.css";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { router } from "./app/routes.tsx";
import { queries } from "./app/session.ts";
import { theme, variables } from "./app/theme.ts";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@fontsource-variable/inter";
import "./i18n/i18n.ts";
import "./ui/tokens.css";
import "./ui/ui.css";
import "./ui/table.css";
import "./live/live.css";

const schemes = localStorageColorSchemeManager({ key: "parley.theme" });
const place = document.getElementById("root");
if (place) {
  createRoot(place).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
      <Notifications position="bottom-left" limit={4} />
    </MantineProvider>,
  );
}
