import { expect, shot, test } from "./desk.ts";

for (const width of [1440, 360]) {
  test.describe(`at ${width} px`, () => {
    test("says of a call that was offered to nobody why not", async ({ page, fake, address }) => {
      await page.setViewportSize({ width, height: 800 });
      fake.role = "supervisor";
      await page.goto(`${address}/history?call=call-3`);
      await expect(page.getByRole("heading", { name: "Offered to nobody" })).toBeVisible();
      await page.getByText("Why not: 4 members").click();
      const members = page.getByRole("group").filter({ hasText: "Why not" });
      await expect(members).toContainText("Ben Ortizin wrap-up");
      await expect(members).toContainText("Chloe Warddevice asleep");
      await expect(members).toContainText("and 2 more");
      await shot(page, `history-offered-to-nobody-${width}`);
    });
  });
}

test("lists whom an agent brought in, what came of it, and the notes for who was rung", async ({ page, address }) => {
  await page.goto(`${address}/history?call=call-0`);
  const transfers = page.getByRole("region", { name: "Transfers" });
  await expect(transfers.getByRole("listitem")).toHaveText([
    /Ann Lindgren to Ben Ortiz.*Warm.*Failed.*The agent did not answer.*Asks for the invoice of May\./,
  ]);
  await shot(page, "history-transfers");
});

test("shows the tags that a queue put on a call", async ({ page, fake, address }) => {
  fake.role = "supervisor";
  await page.goto(`${address}/history?call=call-0`);
  await expect(page.getByRole("region", { name: "Tags", exact: true }).getByText("vip")).toBeVisible();
});

for (const view of [
  { width: 1440, scheme: "dark" },
  { width: 360, scheme: "light" },
] as const) {
  test.describe(`tags at ${view.width} px`, () => {
    test.use({ viewport: { width: view.width, height: 900 }, colorScheme: view.scheme });

    test("are put on a call and on its recording, changed and taken off", async ({ page, fake, address }) => {
      await page.goto(`${address}/history?call=call-0`);
      const own = page.getByRole("region", { name: "Tags", exact: true });
      await expect(own.getByRole("listitem")).toHaveText(["vip", "Plan: Gold", /^Ticket:https:.*4471$/]);
      await expect(page.getByRole("region", { name: "Tags of the recording" }).getByRole("listitem")).toHaveText([
        "Training",
      ]);

      await own.getByRole("button", { name: "Add a tag" }).click();
      const form = page.getByRole("form", { name: "Add a tag" });
      await form.getByLabel("Tag", { exact: true }).fill("order");
      await expect(form.getByRole("button", { name: "Save" })).toBeDisabled();
      await form.getByLabel("Value").fill("4471");
      await shot(page, `tags-${view.width}-${view.scheme}`);
      fake.refusals.set("PUT /calls/call-0/tags/order", "The value must be a number such as 12 or 3.5.");
      await form.getByRole("button", { name: "Save" }).click();
      await expect(form.getByRole("alert")).toContainText("must be a number");
      fake.refusals.clear();
      await form.getByRole("button", { name: "Save" }).click();
      await expect(own.getByRole("listitem").last()).toHaveText("order: 4471");

      await own.getByRole("button", { name: "Change Plan: Gold" }).click();
      await form.getByLabel("Value").selectOption("Silver");
      await form.getByRole("button", { name: "Save" }).click();
      await expect(own.getByText("Plan: Silver")).toBeVisible();
      await own.getByRole("button", { name: "Change vip" }).click();
      await form.getByLabel("Value").selectOption("No");
      await form.getByRole("button", { name: "Save" }).click();
      await expect(own.getByText("vip: no")).toBeVisible();
      expect(
        fake.requests.filter(({ route }) => route === "PUT /calls/call-0/tags/vip").map(({ body }) => body),
      ).toEqual([{ type: "yes_no", value: "false" }]);

      await own.getByRole("button", { name: "Take off Plan" }).click();
      await expect(own.getByText("Plan: Silver")).toBeHidden();
      const sound = page.getByRole("region", { name: "Tags of the recording" });
      await sound.getByRole("button", { name: "Add a tag" }).click();
      await form.getByLabel("Tag", { exact: true }).fill("Complaint");
      await page.keyboard.press("Enter");
      await expect(sound.getByRole("listitem")).toHaveText(["Training", "Complaint"]);
    });
  });
}

test("takes tags of the list only where the organisation says so", async ({ page, fake, address }) => {
  fake.listedTags = true;
  await page.goto(`${address}/history?call=call-0`);
  const own = page.getByRole("region", { name: "Tags", exact: true });
  await own.getByRole("button", { name: "Add a tag" }).click();
  const form = page.getByRole("form", { name: "Add a tag" });
  await expect(form.getByLabel("Tag", { exact: true }).getByRole("option")).toHaveText([
    "Choose",
    "Plan",
    "Order",
    "Urgent",
  ]);
  await form.getByLabel("Tag", { exact: true }).selectOption("Urgent");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(own.getByText("Urgent")).toBeVisible();
});

test("narrows the history by a tag, and says what is deleted", async ({ page, fake, address }) => {
  await page.goto(`${address}/history`);
  const asked = page.waitForRequest((request) => request.url().includes("tag=plan"));
  await page.getByLabel("Tag, or tag: value").fill("plan: Gold");
  await page.keyboard.press("Enter");
  const query = new URL((await asked).url()).searchParams;
  expect([query.get("tag"), query.get("tag_value"), query.get("from")]).toEqual(["plan", "Gold", null]);
  expect(new URL(page.url()).searchParams.get("tag")).toBe("plan: Gold");
  await page.getByRole("button", { name: "Any tag" }).click();
  await expect(page.getByRole("button", { name: "Any tag" })).toBeHidden();
  expect(new URL(page.url()).searchParams.get("tag")).toBeNull();

  const marks = page.getByRole("table", { name: "History" }).locator(".recording-mark");
  await expect(marks.nth(2)).toHaveText("The recording was deleted.");
  await expect(marks.nth(3)).toHaveText("–No recording");
  await page.goto(`${address}/history?call=call-2`);
  await expect(page.getByLabel("Recording", { exact: true })).toContainText("The recording was deleted.");
  expect(fake.requests.some(({ route }) => route.endsWith("/peaks"))).toBe(false);
});

for (const view of [
  { width: 1440, scheme: "light" },
  { width: 360, scheme: "dark" },
] as const) {
  test.describe(`a recording at ${view.width} px`, () => {
    test.use({ viewport: { width: view.width, height: 900 }, colorScheme: view.scheme });

    test("is played by keys at any speed, and no sound is asked for before", async ({ page, fake, address }) => {
      fake.role = "supervisor";
      await page.goto(`${address}/history?call=call-0`);
      const asked = () => fake.requests.filter(({ route }) => route === "GET /recordings/recording-1/audio").length;
      const place = page.getByRole("slider", { name: "Position in the recording" });
      await expect(place).toHaveAttribute("aria-valuetext", "00:00 / 01:34");
      await expect(page.getByText("On hold 00:48–01:01")).toBeVisible();
      await shot(page, `recording-${view.width}-${view.scheme}`);
      expect(asked()).toBe(0);

      await place.focus();
      await page.keyboard.press("ArrowRight");
      await expect(place).toHaveAttribute("aria-valuetext", "00:05 / 01:34");
      await page.keyboard.press("PageUp");
      await expect(place).toHaveAttribute("aria-valuetext", "00:35 / 01:34");
      await page.keyboard.press("<");
      await expect(page.getByRole("radio", { name: "0.5×" })).toBeChecked();
      await page.getByText("2×", { exact: true }).click();
      await place.focus();
      await page.keyboard.press("Space");
      await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
      await expect(place).toHaveAttribute("aria-valuetext", /00:3[6-9]/);
      await page.keyboard.press("Space");
      await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
      expect(asked()).toBeGreaterThan(0);

      await page.locator(".player-drawing").click({ position: { x: 20, y: 30 } });
      await expect(place).toHaveAttribute("aria-valuetext", /00:(0\d|1[0-5])/);
    });
  });
}

test("tells supervisors who listened, and agents not", async ({ page, fake, address }) => {
  fake.role = "supervisor";
  await page.goto(`${address}/history?call=call-0`);
  const list = page.getByRole("region", { name: "Who listened" });
  await expect(list.getByRole("listitem")).toHaveText([/Sam Okorodownloaded · .* · 192.0.2.7/, /not here any more/]);
  fake.role = "agent";
  await page.reload();
  await expect(page.getByRole("slider", { name: "Position in the recording" })).toBeVisible();
  await expect(list).toBeHidden();
  expect(fake.requests.filter(({ route }) => route === "GET /calls/call-0/accesses")).toHaveLength(1);
});
