import { expect, shot, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });
test.beforeEach(({ fake, page }) => {
  fake.role = "admin";
  page.setDefaultTimeout(10_000);
});

/** US-1: what belongs to a user stands with the user or with the agent, one click away. */
test("a user's form leads to the agent and back, with language and timezone as choices", async ({
  page,
  fake,
  address,
}) => {
  fake.records.put("users", {
    id: "user-8",
    fields: { ...fake.records.fieldsOf("users", "user-2"), first_name: "Ola" },
  });
  await page.goto(`${address}/settings/company/users?id=user-2`);
  const user = page.getByRole("region", { name: "Ben Ortiz" });
  await expect(
    user.getByText("Schedule, receiving number, extension and picture are kept with the agent"),
  ).toBeVisible();
  await user.getByRole("combobox", { name: "Language" }).click();
  for (const language of ["English", "German", "French", "Spanish"])
    await expect(page.getByRole("option", { name: language })).toBeVisible();
  await page.keyboard.press("Escape");
  await user.getByRole("combobox", { name: "Timezone" }).fill("Brussels");
  await expect(page.getByRole("option", { name: "Europe/Brussels" })).toBeVisible();
  await page.keyboard.press("Escape");
  await shot(page, "console-user-agent");
  await user.getByRole("link", { name: "Open the agent" }).click();
  await expect(page).toHaveURL(/company\/agents\?id=agent-2/);
  const agent = page.getByRole("region", { name: "Ben Ortiz" });
  for (const field of ["Schedule", "Receiving number"]) await expect(agent.getByLabel(field).first()).toBeVisible();
  await agent.getByRole("link", { name: "Open the user" }).click();
  await expect(page).toHaveURL(/company\/users\?id=user-2/);

  await page.goto(`${address}/settings/company/users?id=user-8`);
  await page.getByRole("link", { name: "Make an agent" }).click();
  await expect(page.getByRole("region", { name: "New agent" })).toBeVisible();
});
