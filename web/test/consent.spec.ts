import { expect, shot, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });

/** BX-18: what is asked before recordings, by the beginning of the customer's number. */
test("sets what callers of a country are asked before they are recorded", async ({ page, fake, address }) => {
  fake.role = "admin";
  await page.goto(`${address}/settings/company/organisation`);
  await page.getByRole("heading", { name: "Consent to recordings" }).click();
  const list = page.getByRole("group", { name: "By the customer's number" });
  await list.getByRole("button", { name: "Add to By the customer's number" }).click();
  const rule = list.getByRole("combobox", { name: "Before a recording" });
  await rule.click();
  await page.getByRole("option", { name: "Notice" }).click();
  await list.getByRole("combobox", { name: "Key" }).click();
  await page.getByRole("option", { name: "Key 5" }).click();
  await expect(rule).toHaveValue("Notice");
  const wide = await list.boundingBox();
  for (const one of await list.getByRole("combobox").all()) {
    const box = await one.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((wide?.x ?? 0) + (wide?.width ?? 0));
  }
  await shot(page, "console-consent");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("1 change.")).toBeHidden();
  expect(fake.records.fieldsOf("organisation", "organisation")).toMatchObject({
    recording_consent: [{ key: "5", rule: "notice" }],
  });
});
