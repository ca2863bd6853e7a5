import { expect, shot, start, test } from "./desk.ts";
import { ago, ahead } from "./fake/data.ts";
import { line } from "./fake/live.ts";
import { views } from "./views.ts";

for (const view of views) {
  const narrow = view.size.width < 1000;

  test.describe(view.name, () => {
    test.use({ viewport: view.size, colorScheme: view.scheme });

    test(`doors ${view.name}`, async ({ page, fake, address }) => {
      fake.signedIn = false;
      await page.goto(address);
      await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
      await shot(page, `sign-in-${view.name}`);
      fake.refusals.set("POST /session", "E-mail or password is wrong.");
      await page.getByLabel("E-mail").fill("ann@parley.example");
      await page.getByRole("textbox", { name: "Password" }).fill("wrong");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("alert")).toContainText("E-mail or password is wrong.");
      await shot(page, `sign-in-refused-${view.name}`);
      fake.setupNeeded = true;
      await page.goto(address);
      await expect(page.getByRole("heading", { name: "Set up Parley" })).toBeVisible();
      await shot(page, `first-run-${view.name}`);
    });

    test(`a call ${view.name}`, async ({ page, fake, address }) => {
      await page.goto(address);
      if (narrow) await page.getByRole("button", { name: "Phone", exact: true }).click();
      await expect(page.getByRole("button", { name: "Start", exact: true })).toBeVisible();
      await shot(page, `start-${view.name}`);
      await start(page);
      await shot(page, `idle-phone-${view.name}`);
      if (narrow) await page.getByRole("button", { name: "Lower the phone" }).click();
      await shot(page, `idle-${view.name}`);

      fake.emit({ kind: "ring", data: { offer: "offer-1", call: "call-live" } });
      fake.change({ lines: [line()] });
      await expect(page.getByRole("alertdialog")).toBeVisible();
      expect(fake.heard).toContainEqual({ kind: "ack", offer: "offer-1" });
      await shot(page, `ringing-${view.name}`);

      fake.change({
        status: "on_call",
        since: ago(134),
        lines: [line({ state: "active", since: ago(134), started_at: ago(160), recording: "on" })],
      });
      if (narrow) {
        await shot(page, `in-call-work-${view.name}`);
        await page.getByRole("button", { name: "Phone", exact: true }).click();
      }
      await expect(page.getByRole("region", { name: "Line 1" })).toBeVisible();
      await page.getByRole("region", { name: "Line 1" }).getByRole("button", { name: "Keypad" }).click();
      await shot(page, `keypad-${view.name}`);
      await page.getByRole("region", { name: "Line 1" }).getByRole("button", { name: "Keypad" }).click();
      await shot(page, `in-call-${view.name}`);

      fake.change({
        lines: [line({ state: "held", muted: true, since: ago(12), started_at: ago(172), recording: "paused" })],
      });
      await shot(page, `held-${view.name}`);

      const wrap = {
        until: ahead(24),
        started_at: ago(6),
        extensions_left: 2,
        call: "call-live",
        queue: "queue-1",
        queue_name: "Sales",
      };
      fake.change({ status: "wrap_up", since: ago(6), lines: [], wrap });
      await shot(page, `wrap-up-${view.name}`);
    });

    test(`dialling ${view.name}`, async ({ page, fake, address }) => {
      await page.goto(address);
      if (narrow) await page.getByRole("button", { name: "Phone", exact: true }).click();
      await start(page);
      fake.refusals.set(
        "POST /calls",
        "The number +19005550123 is premium rate; your class of service does not allow it.",
      );
      await page.getByLabel("Number or extension").fill("+19005550123");
      await page.getByRole("button", { name: "Dial", exact: true }).click();
      await expect(page.getByText("is premium rate")).toBeVisible();
      await shot(page, `dial-error-${view.name}`);
      await page.getByRole("button", { name: /^Status/ }).click();
      await expect(page.getByRole("menuitem", { name: "Lunch" })).toBeVisible();
      await shot(page, `status-menu-${view.name}`);
      await page.keyboard.press("Escape");
      fake.change({ lines: [line({ state: "ended", direction: "outbound", reason: "The called party is busy." })] });
      await shot(page, `ended-${view.name}`);
    });

    test(`areas ${view.name}`, async ({ page, fake, address }) => {
      fake.role = "supervisor";
      await page.goto(`${address}/history`);
      await expect(page.getByRole("table", { name: "History" })).toBeVisible();
      await shot(page, `history-${view.name}`);
      await page.getByRole("button", { name: "Inbound" }).click();
      await page
        .getByRole("link", { name: /Open the call/ })
        .first()
        .click();
      await expect(page.getByRole("slider", { name: "Position in the recording" })).toBeVisible();
      await shot(page, `history-detail-${view.name}`);
      expect(new URL(page.url()).searchParams.get("direction")).toBe("inbound");

      await page.goto(`${address}/queues`);
      await expect(page.getByRole("table", { name: "Agents" })).toBeVisible();
      await shot(page, `dashboard-${view.name}`);

      for (const section of ["audio", "appearance", "keys", "phone"]) {
        await page.goto(`${address}/settings/${section}`);
        await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
        await shot(page, `settings-${section}-${view.name}`);
      }
    });

    test(`lost ${view.name}`, async ({ page, fake, address }) => {
      await page.goto(address);
      await expect(page.getByText("Ann").first()).toBeVisible();
      fake.cut(true);
      await expect(page.getByText("The connection to the server is lost")).toBeVisible();
      await shot(page, `lost-${view.name}`);
    });
  });
}
