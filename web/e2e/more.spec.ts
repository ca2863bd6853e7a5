import { expect, lineOne, screen, signIn, start, test } from "./world.ts";

test("settings: devices, processing, look and keys are kept in this browser", async ({ site, chrome }) => {
  const page = await (await chrome()).newPage();
  await signIn(page, site, "ann");
  await page.goto(`${site.ready.http}/settings/audio`);
  await expect(page.getByLabel("Microphone").first()).toBeVisible();
  const noise = page.getByRole("switch", { name: /noise suppression/i });
  await expect(noise).toBeChecked();
  await noise.click({ force: true });
  await page.reload();
  await expect(noise).not.toBeChecked();
  await screen(page, "real-settings-1440");

  await page.goto(`${site.ready.http}/settings/appearance`);
  await page.getByText("Dark", { exact: true }).click();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.goto(site.ready.http);
  await screen(page, "real-dark-1440");

  await page.goto(`${site.ready.http}/settings/phone`);
  await expect(page.getByText(site.user("ann").sip_username)).toBeVisible();
  await page.getByRole("button", { name: "Show the password" }).click();
  await expect(page.getByText(site.user("ann").sip_password)).toBeVisible();
});

test("history: a number dials on a click, chips and search narrow the list", async ({ site, call, chrome }) => {
  const page = await (await chrome()).newPage();
  await start(page, site, "ann");
  const caller = call(`sip:+12025550112@${site.ready.sip}`, { from: "+12025550185" });
  await expect(page.getByRole("alertdialog")).toBeVisible({ timeout: 15_000 });
  await page.keyboard.press("a");
  await expect(lineOne(page)).toContainText("Connected");
  caller.command("hangup");
  await caller.reaches("ended");
  await page.goto(`${site.ready.http}/history`);
  await expect(page.getByRole("table", { name: "History" })).toContainText("+1 202 555 0185");
  await page.getByRole("button", { name: "Outbound" }).click();
  await expect(page).toHaveURL(/direction=outbound/);
  await expect(page.getByRole("table", { name: "History" }).getByText("+1 202 555 0185")).toHaveCount(0); // the desk may still show it
  await page.getByRole("button", { name: "Inbound" }).click();
  await expect(page).toHaveURL(/direction=inbound(,|%2C)outbound/);
  await expect(page.getByRole("table", { name: "History" })).toContainText("+1 202 555 0185");
  await page.getByRole("button", { name: "Inbound" }).click();
  await page.getByRole("button", { name: "Outbound" }).click();
  await page.getByLabel("Number, name, queue").fill("5550185");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=/);
  await page
    .getByRole("table", { name: "History" })
    .getByRole("button", { name: /555 0185/ })
    .click();
  await expect(lineOne(page)).toContainText("+1 202 555 0185", { timeout: 15_000 });
});

test("a page out of sight raises a notification", async ({ site, call, chrome }) => {
  const context = await chrome();
  await context.addInitScript(() => {
    const raised: string[] = [];
    class Raised extends EventTarget {
      static permission = "granted";
      static requestPermission = () => Promise.resolve("granted" as const);
      onclick: (() => void) | null = null;
      constructor(title: string) {
        super();
        raised.push(title);
      }
      close(): void {}
    }
    Object.assign(window, { Notification: Raised, raised });
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
  });
  const page = await context.newPage();
  await start(page, site, "ann");
  const caller = call(`sip:+12025550112@${site.ready.sip}`, { from: "+12025550141" });
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { raised: string[] }).raised.join()), { timeout: 15_000 })
    .toContain("Bruno Costa");
  caller.command("hangup");
  await caller.reaches("ended");
});

test("wrap-up is extended, then ended by Wrap", async ({ site, call, chrome }) => {
  const page = await (await chrome()).newPage();
  await start(page, site, "bob");
  const caller = call(site.number(1));
  await expect(page.getByRole("alertdialog")).toBeVisible({ timeout: 15_000 });
  await page.keyboard.press("a");
  await expect(lineOne(page)).toContainText("Connected");
  const notes = page.getByLabel("Call notes");
  await notes.click();
  await page.keyboard.type("Wants a refund");
  caller.command("hangup");
  await expect(page.getByText(/Wrap-up \(00:1\d\)/).first()).toBeVisible();
  await expect(notes).toBeFocused();
  await page.keyboard.type(" today");
  await page.getByRole("button", { name: /Extend/ }).click();
  await expect(page.getByRole("button", { name: /Extend.*1 left/ })).toBeVisible();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Wrap", exact: true }).click();
  await expect(page.getByRole("button", { name: /^Status.*Available/ })).toBeVisible();
  await page.getByRole("link", { name: "History" }).click();
  await page.getByRole("table", { name: "History" }).getByRole("link").first().click();
  await expect(page.getByText("Wants a refund today")).toBeVisible();
  await expect(page.getByText(/; final since/)).toBeVisible();
});
