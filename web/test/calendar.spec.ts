import { expect, shot, test } from "./desk.ts";
import { ago } from "./fake/data.ts";

test.use({ viewport: { width: 1440, height: 900 } });

const file = "https://holidays.example/be.ics";
const spans = ["New Year", "Labour Day"].map((name) => ({ name, from: ago(0), until: ago(0), floating: true }));

test("shows why a calendar could not be read, when it was good and what to do, and reads it again", async ({
  page,
  fake,
  address,
}) => {
  fake.role = "admin";
  fake.records.put("time-ranges", {
    id: "range-1",
    fields: { ...fake.records.fieldsOf("time-ranges", "range-1"), calendar: file },
  });
  fake.records.put("time-ranges", {
    id: "range-2",
    fields: { ...fake.records.fieldsOf("time-ranges", "range-1"), time_range_name: "Nights", calendar: "" },
  });
  fake.records.calendars.set("range-1", {
    got: {
      range: "range-1",
      address: file,
      tried_at: ago(600),
      read_at: ago(90_000),
      failure: "the server answers 404 Not Found",
      days: { spans },
    },
    next: { range: "range-1", address: file, tried_at: ago(0), read_at: ago(0), days: { spans } },
  });
  await page.goto(`${address}/settings/company/time-ranges`);
  await expect(page.getByRole("row", { name: "Office hours" })).toContainText("Not read");
  await expect(page.getByRole("row", { name: "Nights" })).not.toContainText("Not read");
  await page.getByRole("link", { name: "Office hours" }).click();
  const panel = page.getByRole("region", { name: "Holiday calendar" });
  const alert = panel.getByRole("alert");
  await expect(alert).toContainText("could not be read");
  await expect(alert).toContainText("the server answers 404 Not Found.");
  await expect(alert).toContainText("2 days still count, as last read");
  await expect(alert).toContainText("Open the address in a browser");
  await shot(page, "console-calendar");
  await panel.getByRole("button", { name: "Read the calendar now" }).click();
  await expect(alert).toBeHidden();
  await expect(panel).toContainText("2 days were read");

  await page.getByRole("textbox", { name: "Holiday calendar" }).fill("https://holidays.example/nl.ics");
  await page.keyboard.press("Control+s");
  await expect(panel).toContainText("The calendar is read within a minute.");
});
