import { expect, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });
test.beforeEach(({ fake, page }) => {
  fake.role = "admin";
  page.setDefaultTimeout(10_000);
});

test("adds the numbers from the first to the last at once", async ({ page, address }) => {
  let sent: unknown;
  await page.route("**/api/settings/numbers/range", async (route) => {
    sent = route.request().postDataJSON();
    await route.fulfill({ json: { created: 4 } });
  });
  await page.goto(`${address}/settings/company/numbers`);
  await page.getByRole("button", { name: "Add a range" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a range of numbers" });
  await dialog.getByRole("textbox", { name: "Last number" }).fill("+32 2 555 04 03");
  await dialog.getByRole("textbox", { name: "Number", exact: true }).fill("+3225550400");
  await dialog.getByRole("combobox", { name: "Trunk", exact: true }).click();
  await page.getByRole("option").first().click();
  await dialog.getByRole("button", { name: "Add all" }).click();
  await expect(page.getByText("4 numbers were added.")).toBeVisible();
  await expect(dialog).toBeHidden();
  expect(sent).toMatchObject({ last: "+3225550403", fields: { phone_number: "+3225550400" } });
});

test("lifts the protection of a number only with the number typed", async ({ page, fake, address }) => {
  await page.goto(`${address}/settings/company/numbers?id=number-1`);
  await page.getByRole("switch", { name: "Protected" }).click({ force: true });
  await page.getByRole("textbox", { name: "Type the number to lift its protection" }).fill("+1 202 555 0100");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Everything is saved.")).toBeVisible();
  const put = fake.requests.findLast(({ route }) => route.startsWith("PUT /settings/numbers"));
  expect(put?.body).toMatchObject({ confirm: "+12025550100", fields: { deletion_protected: false } });
});

test("links a desk phone to an agent and shows what to enter in it", async ({ page, address }) => {
  await page.route("**/api/settings/agents/*/desk-phone", (route) =>
    route.fulfill({
      json: { username: "phone-102", password: "SECRET", domain: "pbx.example", server: "pbx.example:5060" },
    }),
  );
  await page.goto(`${address}/settings/company/agents?id=agent-1`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "New desk phone sign-in" }).click();
  const dialog = page.getByRole("dialog", { name: "Desk phone sign-in" });
  await expect(dialog).toContainText("phone-102");
  await expect(dialog).toContainText("pbx.example:5060");
});

test("goes on from a first step that needs no change", async ({ page, address }) => {
  await page.goto(`${address}/settings/company/first?id=organisation`);
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("heading", { name: "Trunk", exact: true })).toBeVisible();
});
