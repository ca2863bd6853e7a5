import { expect, test } from "./desk.ts";

test("an agent without a desk phone makes a sign-in, and sees what to enter", async ({ page, fake, address }) => {
  fake.deskPhone = false;
  await page.goto(`${address}/settings/phone`);
  await page.getByRole("button", { name: "Make a sign-in" }).click();
  await expect(page.getByText("ann-101")).toBeVisible();
  await page.getByRole("button", { name: "Show the password" }).click();
  await expect(page.getByText("kf93-TQmv-82xw-LnPa-77dc")).toBeVisible();
  await expect(page.getByRole("button", { name: "New password" })).toBeVisible();
});
