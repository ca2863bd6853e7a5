import { expect, shot, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });
test.beforeEach(({ page }) => page.setDefaultTimeout(15_000));

/** BX-29: where the own direct calls ring besides the devices. */
test("own numbers that ring too are listed, with delay and ring time, ten at most", async ({ page, fake, address }) => {
  await page.goto(`${address}/settings/own`);
  const part = page.getByRole("group", { name: "Follow-me" });
  await expect(part.getByRole("textbox")).toHaveCount(0);
  await part.getByLabel("My direct calls ring at further numbers").selectOption("One after the other");
  await part.getByLabel(/^Number 1\b/).fill("+32470111222");
  await part.getByRole("button", { name: "Add a number" }).click();
  await part.getByLabel(/^Number 2\b/).fill("203");
  await part.getByLabel("Rings after (seconds)").nth(1).fill("5");
  await part.getByLabel("Rings for (seconds)").nth(1).fill("15");
  await shot(page, "follow-me");
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await expect
    .poll(() => fake.own.fields)
    .toMatchObject({
      follow_me: "in_order",
      follow_numbers: [
        { follow_to: "+32470111222", follow_delay_seconds: 0, follow_ring_seconds: 20 },
        { follow_to: "203", follow_delay_seconds: 5, follow_ring_seconds: 15 },
      ],
    });
  await part.getByRole("button", { name: "Remove number 1" }).click();
  await expect(part.getByLabel(/^Number 1\b/)).toHaveValue("203");
  for (let rows = 1; rows < 10; rows++) await part.getByRole("button", { name: "Add a number" }).click();
  await expect(part.getByRole("button", { name: "Add a number" })).toBeDisabled();
});

test("an administrator sets an agent's follow-me in the agent's form", async ({ page, fake, address }) => {
  fake.role = "admin";
  await page.goto(`${address}/settings/company/agents?id=agent-2`);
  const form = page.getByRole("region", { name: "Ben Ortiz" });
  await form.getByRole("combobox", { name: "Follow-me" }).click();
  await page.getByRole("option", { name: "All at once" }).click();
  await form.getByRole("button", { name: "Add to Numbers that ring too" }).click();
  await form.getByLabel("Number or extension").fill("203");
  await shot(page, "console-follow-me");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await expect
    .poll(() => fake.records.fieldsOf("agents", "agent-2"))
    .toMatchObject({ follow_me: "at_once", follow_numbers: [{ follow_to: "203", follow_ring_seconds: 20 }] });
});
