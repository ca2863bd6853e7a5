import { expect, shot, start, test } from "./desk.ts";
import { ago, line } from "./fake/data.ts";

test.use({ viewport: { width: 1440, height: 900 } });

const active = () => line({ state: "active", since: ago(3), started_at: ago(9) });

test("keys answer, mute, hold and send digits, and each command carries the header", async ({
  page,
  fake,
  address,
}) => {
  await page.goto(address);
  await start(page);
  fake.emit({ kind: "ring", data: { offer: "offer-1", call: "call-live" } });
  fake.change({ lines: [line()] });
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await page.keyboard.press("a");
  await expect.poll(() => fake.requests.find(({ route }) => route === "POST /offers/offer-1/answer")?.header).toBe("1");

  fake.change({ status: "on_call", lines: [active()] });
  await expect(page.getByRole("region", { name: "Line 1" })).toBeVisible();
  await page.keyboard.press("m");
  await page.keyboard.press("h");
  const routes = () => fake.requests.map(({ route }) => route);
  await expect.poll(routes).toContain("POST /calls/call-live/mute");
  await expect.poll(routes).toContain("POST /calls/call-live/hold");
  await page.keyboard.press("k");
  await expect(page.getByRole("button", { name: "5", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "5", exact: true })).toBeHidden();
});

test("letters typed in a field stay there", async ({ page, fake, address }) => {
  await page.goto(`${address}/history`);
  fake.change({ lines: [line()] });
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await page.getByLabel("Number, name, queue").fill("");
  await page.keyboard.type("ada");
  await expect(page.getByLabel("Number, name, queue")).toHaveValue("ada");
  expect(fake.requests.filter(({ route }) => route.startsWith("POST /offers"))).toEqual([]);
});

test("a refused microphone is told in words and can be tried again", async ({ page, address }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await page.goto(address);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByText("Callers would not hear you")).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await shot(page, "microphone-refused-1440-light");
});

test("a reload takes the phone up by itself", async ({ page, fake, address }) => {
  await page.goto(address);
  await start(page);
  const tab = fake.me.station_tab;
  fake.change({ status: "on_call", lines: [active()] });
  await page.reload();
  await expect(page.getByRole("region", { name: "Line 1" })).toBeVisible();
  await expect.poll(() => fake.requests.filter(({ route }) => route === "POST /station/start").length).toBe(2);
  expect(fake.me.station_tab).toBe(tab);
  await expect(page.getByRole("button", { name: /^Voice good/ })).toBeVisible();
});

test("a second tab has its own name; the first says where the phone went", async ({ page, context, fake, address }) => {
  await page.goto(address);
  await start(page);
  const second = await context.newPage();
  await second.setViewportSize({ width: 1440, height: 900 });
  await second.goto(address);
  await second.getByRole("button", { name: "Use here" }).click();
  await expect(second.getByRole("form", { name: "Dial pad" })).toBeVisible();
  const starts = fake.requests.filter(({ route }) => route === "POST /station/start").map(({ body }) => body);
  expect(starts).toMatchObject([{ takeover: false }, { takeover: true }]);
  expect(new Set(starts.map((body) => (body as { tab: string }).tab)).size).toBe(2);
  fake.emit({ kind: "taken_over", data: { tab: "first" } });
  await expect(page.getByRole("heading", { name: "Your phone is in another tab" })).toBeVisible();
  await shot(page, "elsewhere-1440-light");
});

test("a session that ended leads to the sign-in page", async ({ page, fake, address }) => {
  await page.goto(address);
  await expect(page.getByRole("button", { name: "Start", exact: true })).toBeVisible();
  fake.signedIn = false;
  fake.cut();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("folding the phone leaves a strip of icons, and a ring unfolds it", async ({ page, fake, address }) => {
  await page.goto(address);
  await start(page);
  await page.getByRole("button", { name: "Fold the phone" }).click();
  await expect(page.getByRole("form", { name: "Dial pad" })).toBeHidden();
  await shot(page, "folded-1440-light");
  fake.change({ lines: [line()] });
  await expect(page.getByRole("alertdialog")).toBeVisible();
});
