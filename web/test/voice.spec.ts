import { expect, shot, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });

test("who dials in is shown number, id and PIN, and that the voice is connected", async ({ page, fake, address }) => {
  await page.goto(address);
  await page.getByRole("button", { name: "Another way" }).click();
  const dialog = page.getByRole("dialog", { name: "How your voice comes" });
  await dialog.getByText("Call in", { exact: true }).click();
  await dialog.getByRole("checkbox", { name: "Save as default" }).check();
  await dialog.getByRole("button", { name: "Connect" }).click();
  await expect(dialog.getByText("493027")).toBeVisible();
  await expect(dialog.getByText("101 #")).toBeVisible();
  await shot(page, "voice-call-in-1440-light");
  const asked = fake.requests.filter(({ route }) => route.endsWith("/station/voice/default"));
  expect(asked.map(({ body }) => body)).toEqual([{ mode: "call_in", persistent: true }]);

  fake.change({ status: "unavailable", voice: { mode: "call_in", persistent: true, path: "up" } });
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Waiting. The next call comes by a beep.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Number or extension" })).toBeVisible();
});

test("a voice that is lost is told, and can be connected again beside the queues", async ({ page, fake, address }) => {
  fake.me = { ...fake.me, voice: { mode: "call_me", persistent: true, number: "+12025550199", path: "up" } };
  await page.goto(address);
  await expect(page.getByText("Waiting. The next call comes by a beep.")).toBeVisible();
  fake.change({ voice: { mode: "call_me", persistent: true, number: "+12025550199", path: "lost" } });
  await expect(page.getByRole("alert").filter({ hasText: "Voice disconnected" })).toBeVisible();
  fake.change({ status: "unavailable", reason: "Auto pause" });
  await expect(page.getByText("You are paused")).toBeVisible();
  await shot(page, "voice-lost-1440-light");
  await page.getByRole("region", { name: "Queues" }).getByRole("button", { name: "Connect voice" }).click();
  const dialog = page.getByRole("dialog", { name: "How your voice comes" });
  await expect(dialog.getByLabel("Number or extension")).toHaveValue("+12025550199");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "I am back" }).click();
  await expect
    .poll(() => fake.requests.find(({ route }) => route === "POST /status")?.body)
    .toEqual({
      status: "available",
    });
  const asked = fake.requests.filter(({ route }) => route === "POST /station/voice");
  expect(asked.map(({ body }) => body)).toEqual([{ mode: "call_me", number: "+12025550199", persistent: true }]);
});

test("signing out in a call asks first", async ({ page, fake, address }) => {
  await page.goto(address);
  fake.change({
    status: "on_call",
    voice: { mode: "call_me", persistent: true, number: "+12025550199", path: "up" },
    lines: [
      {
        call: "call-live",
        line: 1,
        state: "active",
        direction: "inbound",
        number: "+12025550143",
        started_at: new Date().toISOString(),
        since: new Date().toISOString(),
        muted: false,
        recording: "off",
        can_record: false,
      },
    ],
  });
  await page.getByRole("button", { name: /account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  expect(fake.requests.filter(({ route }) => route === "DELETE /session")).toEqual([]);
  await page.getByRole("menuitem", { name: "End the call and sign out" }).click();
  await expect.poll(() => fake.requests.some(({ route }) => route === "DELETE /session")).toBe(true);
});
