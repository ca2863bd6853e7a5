import { expect, shot, test } from "./desk.ts";
import { views } from "./views.ts";

for (const view of views) {
  test.describe(view.name, () => {
    test.use({ viewport: view.size, colorScheme: view.scheme });

    test.beforeEach(({ fake }) => {
      fake.role = "admin";
    });

    test(`lists and forms ${view.name}`, async ({ page, address }) => {
      await page.goto(`${address}/settings/company/queues`);
      await expect(page.getByRole("table", { name: "Queues" })).toBeVisible();
      await shot(page, `console-queues-${view.name}`);
      await page.getByRole("link", { name: "Sales" }).click();
      await expect(page.getByLabel("Ring time")).toHaveValue("20");
      await shot(page, `console-queue-${view.name}`);
      for (const title of [
        "Callback",
        "Skill steps",
        "Service level and alerts",
        "Survey after the call",
        "For later versions",
      ]) {
        await page.getByRole("heading", { name: title }).click();
      }
      await page.getByLabel("Offer a callback").check({ force: true });
      await shot(page, `console-queue-all-${view.name}`);
      for (const [area, title, record] of [
        ["menus", "Menus", "Welcome"],
        ["time-ranges", "Time ranges", "Office hours"],
        ["numbers", "Numbers", "+12025550100"],
        ["trunks", "Trunks", "Carrier"],
      ] as const) {
        await page.goto(`${address}/settings/company/${area}`);
        await page.getByRole("table", { name: title }).getByRole("link", { name: record, exact: true }).click();
        await expect(page.getByRole("form", { name: record })).toBeVisible();
        await shot(page, `console-${area}-${view.name}`);
      }
    });

    test(`the rest of the console ${view.name}`, async ({ page, address }) => {
      await page.goto(`${address}/settings/company/organisation`);
      await expect(page.getByRole("form", { name: "Organisation" })).toBeVisible();
      await shot(page, `console-organisation-${view.name}`);
      await page.goto(`${address}/settings/company/audit`);
      await page.getByRole("table", { name: "Audit log" }).getByRole("link").first().click();
      await expect(page.getByRole("table", { name: "What changed" })).toContainText("30 seconds");
      await shot(page, `console-audit-${view.name}`);
      await page.goto(`${address}/settings/company/first`);
      await expect(page.getByRole("heading", { name: "First steps" })).toBeVisible();
      await shot(page, `console-first-${view.name}`);
      await page.goto(`${address}/settings/company/outcomes`);
      await expect(page.getByText("No outcome yet")).toBeVisible();
      await shot(page, `console-empty-${view.name}`);
    });
  });
}

test.describe("an administrator", () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test.beforeEach(({ fake }) => {
    fake.role = "admin";
  });

  test("makes a menu, and the queue that a key leads to on the way", async ({ page, fake, address }) => {
    await page.goto(`${address}/settings/company/menus?make=true`);
    await page.getByRole("button", { name: "Create" }).click();
    await expect(page.getByText("Fill this in.").first()).toBeVisible();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("Evening");
    await page.getByRole("radiogroup", { name: "Prompt: from" }).getByText("Spoken text").click();
    await page.getByLabel("Prompt: Text to speak").fill("Press 1.");
    await page.getByRole("button", { name: "Add to Keys" }).click();
    await page.getByRole("textbox", { name: "Keys" }).fill("1");
    await page.getByRole("combobox", { name: "Leads to: Leads to" }).click();
    await page.getByRole("option", { name: "Queue", exact: true }).click();
    await page.getByRole("combobox", { name: "Leads to: which" }).click();
    await page.getByRole("option", { name: "New queue …" }).click();
    const dialog = page.getByRole("dialog", { name: "New queue" });
    await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Night");
    await dialog.getByRole("button", { name: "Create" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("combobox", { name: "Leads to: which" })).toHaveValue("Night");
    await page.keyboard.press("Control+s");
    await expect(page.getByRole("form", { name: "Evening" })).toBeVisible();
    const made = fake.requests.findLast(({ route }) => route === "POST /settings/menus");
    expect(made?.body).toMatchObject({
      fields: {
        name: "Evening",
        prompt: { text: "Press 1.", voice: "woman" },
        timeout: 5,
        max_tries: 3,
        options: [{ digits: "1", destination: { kind: "queue", target: "made-1" } }],
      },
    });
  });

  test("meets an edit of somebody else with both versions", async ({ page, fake, address }) => {
    await page.goto(`${address}/settings/company/queues?id=queue-1`);
    await page.getByLabel("Ring time").fill("400");
    await page.keyboard.press("Control+s");
    await expect(page.getByText("Must be 5 to 120.")).toBeVisible();
    await page.getByLabel("Ring time").fill("40");
    await page.getByLabel("Longest wait").fill("900");
    fake.records.put("queues", {
      id: "queue-1",
      fields: { ...fake.records.fieldsOf("queues", "queue-1"), ring_seconds: 33 },
    });
    await page.keyboard.press("Control+s");
    const both = page.getByRole("table", { name: "Somebody else changed this meanwhile" });
    await expect(both).toContainText("33 seconds");
    await shot(page, "console-stale");
    await both.getByRole("radio", { name: "Ring time: Theirs, saved" }).check();
    await page.getByRole("button", { name: "Save this choice" }).click();
    await expect(both).toBeHidden();
    expect(fake.records.fieldsOf("queues", "queue-1")).toMatchObject({ ring_seconds: 33, max_hold_seconds: 900 });
  });

  test("drafts, compares and publishes", async ({ page, fake, address }) => {
    await page.goto(`${address}/settings/company/queues?id=queue-1`);
    await page.getByLabel("Ring time").fill("45");
    await page.getByRole("button", { name: "Save as draft" }).click();
    const bar = page.getByRole("region", { name: "There is a draft of this" });
    await bar.getByRole("button", { name: "Compare" }).click();
    const table = page.getByRole("table", { name: "Draft and published version" });
    await expect(table.getByRole("row", { name: "Ring time" })).toContainText("20 seconds45 seconds");
    await shot(page, "console-draft");
    await page.keyboard.press("Escape");
    expect(fake.records.fieldsOf("queues", "queue-1")).toMatchObject({ ring_seconds: 20 });
    await bar.getByRole("button", { name: "Publish" }).click();
    await expect(bar).toBeHidden();
    expect(fake.records.fieldsOf("queues", "queue-1")).toMatchObject({ ring_seconds: 45 });
  });

  test("is shown what uses a record instead of deleting it, and types a protected number", async ({
    page,
    address,
  }) => {
    await page.goto(`${address}/settings/company/queues?id=queue-1`);
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog", { name: "Sales is in use" });
    await expect(dialog.getByRole("link", { name: "Welcome" })).toBeVisible();
    await shot(page, "console-in-use");
    await page.goto(`${address}/settings/company/numbers?id=number-1`);
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    const lift = page.getByRole("button", { name: "Lift protection and delete" });
    await expect(lift).toBeDisabled();
    await page.getByRole("dialog").getByLabel("Number").fill("+1 202 555 0100");
    await lift.click();
    await expect(page.getByText("No number yet")).toBeVisible();
  });

  test("sees what numbers carry and protects one, and which agents have no queue", async ({ page, fake, address }) => {
    fake.records.put("numbers", {
      id: "number-2",
      fields: {
        ...fake.records.fieldsOf("numbers", "number-1"),
        phone_number: "+12025550101",
        deletion_protected: false,
      },
    });
    fake.records.put("agents", { id: "agent-3", fields: { user: "user-1", extension: "103" } });
    await page.goto(`${address}/settings/company/numbers`);
    const row = page.getByRole("row", { name: "+12025550101" });
    await expect(row.getByRole("img", { name: "Voice" })).toBeVisible();
    await row.getByRole("button", { name: "Protect +12025550101" }).click();
    await expect(row.getByRole("img", { name: "Protected from deletion" })).toBeVisible();
    expect(fake.records.fieldsOf("numbers", "number-2")).toMatchObject({ deletion_protected: true });
    await row.getByRole("button", { name: "Delete +12025550101" }).click();
    await expect(page.getByRole("dialog").getByLabel("Number")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Buy" }).click();
    await expect(page.getByRole("dialog", { name: "Buy" })).toContainText("needs a connector to a carrier");
    await expect(page.getByLabel("Area code")).toBeDisabled();
    await shot(page, "console-buy");
    await page.goto(`${address}/settings/company/agents`);
    await expect(page.getByRole("row", { name: "103" })).toContainText("In no queue");
    await expect(page.getByRole("row", { name: "102" }).getByRole("img", { name: "Person" })).toBeVisible();
    await expect(page.getByRole("row", { name: "102" })).not.toContainText("In no queue");
    const settings = page.getByRole("navigation", { name: "Settings" });
    await expect(settings.getByRole("heading", { name: "Availability" })).toBeVisible();
    await shot(page, "console-agents");
  });

  test("hears what a prompt will say, and records one with the microphone", async ({ page, fake, address }) => {
    await page.goto(`${address}/settings/company/menus?id=menu-1`);
    await page.getByRole("button", { name: "Listen" }).click();
    await expect(page.getByLabel("Prompt, as callers hear it")).toBeVisible();
    const tried = fake.requests.findLast(({ route }) => route === "POST /audio/try");
    expect(tried?.body).toEqual({ text: "For sales press 1, for support press 2.", voice: "woman" });
    await page.getByRole("radiogroup", { name: "Prompt: from" }).getByText("Library").click();
    await page.getByRole("button", { name: "Record", exact: true }).click();
    const recorder = page.getByRole("group", { name: "Record with the microphone" });
    await recorder.getByRole("button", { name: "Record" }).click();
    await expect(recorder.getByText("0:01 /")).toBeVisible(); // nothing can be made of a recording without a sample
    await recorder.getByRole("button", { name: "Stop" }).click();
    await recorder.getByRole("button", { name: "Keep" }).click();
    await expect(page.getByLabel("Prompt, as callers hear it")).toHaveAttribute("src", "/api/audio/audio-new/sound");
    await page.goto(`${address}/settings/company/audio`);
    await expect(page.getByText("a greeting with less than 30 seconds; longer files are taken too")).toBeVisible();
  });

  test("tests a trunk and reads what the carrier said and what to do", async ({ page, address }) => {
    await page.goto(`${address}/settings/company/trunks?id=trunk-1`);
    await page.getByRole("button", { name: "Test trunk" }).click();
    await expect(page.getByRole("status").filter({ hasText: "403 Forbidden" })).toContainText("your public address");
    await shot(page, "console-trunk-test");
    await page.goto(`${address}/settings/company/first?id=trunk`);
    await page.getByRole("button", { name: "Test trunk" }).click();
    await expect(page.getByText("refuses OPTIONS")).toBeVisible();
  });

  test("is asked before leaving what is not saved", async ({ page, address }) => {
    await page.goto(`${address}/settings/company/queues?id=queue-1`);
    await page.getByLabel("Ring time").fill("45");
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Menus" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stay" }).click();
    await expect(page.getByLabel("Ring time")).toHaveValue("45");
  });
});
