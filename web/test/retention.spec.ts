import { expect, shot, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });

test("shows what would be deleted with the days in the form before they are saved, and what was", async ({
  page,
  fake,
  address,
}) => {
  fake.role = "admin";
  await page.goto(`${address}/settings/company/organisation`);
  await page.getByRole("heading", { name: "How long data is kept" }).click();
  await page.getByLabel("Recordings", { exact: true }).fill("30");
  await page.getByRole("button", { name: "What would be deleted?" }).click();
  const told = page.getByRole("status").filter({ hasText: "the next night would delete" });
  await expect(told).toContainText(
    "Recordings: 3, from Nov 1, 2025 to Nov 20, 2025 (30 days, or as the queue says). (Sales 2)",
  );
  await expect(told).toContainText("Audit entries: none (2555 days).");
  expect(fake.requests.filter(({ route }) => route === "PUT /settings/organisation")).toEqual([]);
  await shot(page, "console-retention");

  await page.goto(`${address}/settings/company/audit?id=audit-2`);
  const entry = page.getByRole("region", { name: "What changed" });
  await expect(entry).toContainText("Recordings: 12, from");
  await expect(entry).toContainText("365 days, or as the queue says");
});
