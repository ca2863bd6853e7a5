import { expect, shot, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });

test("keeps the addresses that numbers require, without saying which are valid", async ({ page, fake, address }) => {
  fake.role = "admin";
  await page.goto(`${address}/settings/company/addresses`);
  const row = page.getByRole("row", { name: "Head office" });
  await expect(row).toContainText("Acme NVBrusselsyesno");
  await row.getByRole("link", { name: "Head office" }).click();
  await expect(page.getByLabel("Validated")).toBeDisabled();
  await expect(page.getByLabel("Verified")).toBeDisabled();
  await expect(page.getByText("needs a connector to one").first()).toBeVisible();
  await page.getByLabel("Street").fill("");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Fill this in.")).toBeVisible();
  await page.getByLabel("Street").fill("Rue de la Loi 200");
  await page.keyboard.press("Control+s");
  await expect
    .poll(() => fake.records.fieldsOf("addresses", "address-1"))
    .toMatchObject({
      street: "Rue de la Loi 200",
      validated: true,
    });
  await shot(page, "console-address");

  await page.goto(`${address}/settings/company/numbers?id=number-1`);
  await page.getByRole("heading", { name: "More" }).click();
  await page.getByRole("combobox", { name: "Address" }).click();
  await page.getByRole("option", { name: "Head office" }).click();
  await page.keyboard.press("Control+s");
  await expect.poll(() => fake.records.fieldsOf("numbers", "number-1")).toMatchObject({ address: "address-1" });
  await page.goto(`${address}/settings/company/addresses?id=address-1`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const inUse = page.getByRole("dialog", { name: "Head office is in use" });
  await expect(inUse.getByRole("link", { name: "+12025550100" })).toBeVisible();
});
