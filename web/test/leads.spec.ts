import { expect, shot, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });
test.beforeEach(({ page }) => page.setDefaultTimeout(15_000));

/** OB-14, OB-16: who is in a lead list, and what came of a file line by line. */
test("a lead list takes leads from a file, tells of each line that it did not take, and deletes one", async ({
  page,
  fake,
  address,
}) => {
  fake.role = "admin";
  fake.records.put("campaigns", { id: "campaign-1", fields: { title: "Spring", teams: [] } });
  fake.records.put("lead-lists", { id: "list-1", fields: { name: "Fair", campaign: "campaign-1" } });
  const eve = {
    id: "lead-1",
    name: "Eve Bell",
    first_name: "Eve",
    last_name: "Bell",
    list: "list-1",
    list_name: "Fair",
    campaign: "campaign-1",
    campaign_name: "Spring",
    phones: [{ number: "+32470111222" }],
    data: {},
    status: "open",
    attempts: 1,
    last_outcome: "Sold",
    created_at: "2026-11-20T09:00:00Z",
  };
  let rows: (typeof eve)[] = [];
  let sent = "";
  await page.route("**/api/lead-lists/list-1/leads?*", (route) =>
    route.fulfill({ json: { rows, total: rows.length } }),
  );
  await page.route("**/api/lead-lists/list-1/leads/import", (route) => {
    sent = route.request().postData() ?? "";
    rows = [eve];
    return route.fulfill({
      json: {
        created: 1,
        rows: [{ line: 3, problem: 'The number "x" is no telephone number.' }],
        skipped: [{ line: 4, problem: "The number +32470111222 stands in line 2 too." }],
      },
    });
  });
  await page.route("**/api/leads/lead-1", (route) => {
    rows = [];
    return route.fulfill({ status: 204 });
  });
  await page.goto(`${address}/settings/company/lead-lists?id=list-1`);
  const pane = page.getByRole("region", { name: "Fair", exact: true });
  await expect(pane.getByText("Leads: 0")).toBeVisible();
  const file = "first_name,phone\nEve,0470111222\nDan,x\nEva,0470111222\n";
  await pane
    .locator('input[type="file"]')
    .setInputFiles({ name: "leads.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
  await pane.getByRole("button", { name: "Import", exact: true }).click();
  await expect(pane.getByText("1 taken, 1 refused, 1 skipped as their number is in the list.")).toBeVisible();
  await expect(pane.getByText('The number "x" is no telephone number.')).toBeVisible();
  expect(sent).toBe(file);
  await expect(pane.getByRole("row", { name: /Eve Bell.*Open.*1.*Sold/ })).toBeVisible();
  await shot(page, "lead-list");
  await pane.getByRole("button", { name: "Delete the lead Eve Bell" }).click();
  await expect(pane.getByText("Leads: 0")).toBeVisible();
});
