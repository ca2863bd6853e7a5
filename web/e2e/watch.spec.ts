import type { Page } from "@playwright/test";
import { answered, callerTone, expect, hears, lineOne, microphoneTone, start, test } from "./world.ts";

/** The tone of the supervisor's microphone. */
const supervisorTone = 1100;

/** hearsTone waits until a page is sent a tone. */
const hearsTone = (page: Page, tone: number) =>
  expect.poll(async () => (await hears(page, [tone]))[0], { timeout: 15_000 }).toBeGreaterThan(-60);

test("a supervisor listens from the desk, coaches, barges in and stops", async ({ site, call, chrome }) => {
  const ann = await (await chrome(microphoneTone)).newPage();
  await start(ann, site, "ann");
  const caller = await answered(ann, site, call);
  const boss = await (await chrome(supervisorTone)).newPage();
  await start(boss, site, "admin");

  await boss.getByRole("button", { name: "Supervise the call of Ann Archer" }).click();
  await boss.getByRole("menuitem", { name: "Listen" }).click();
  const own = lineOne(boss);
  await expect(own).toContainText("Nobody hears you.", { timeout: 15_000 }); // no second press
  await hearsTone(boss, callerTone);
  await hearsTone(boss, microphoneTone);
  const mark = lineOne(ann).getByRole("status");
  await expect(mark).toContainText("listens");
  await expect.poll(() => caller.strengthOf(supervisorTone)).toBeLessThan(0.02);

  await own.getByText("Coach", { exact: true }).click();
  await expect(mark).toContainText("coaches", { timeout: 15_000 });
  await hearsTone(ann, supervisorTone);
  await expect.poll(() => caller.strengthOf(supervisorTone)).toBeLessThan(0.02);
  await expect.poll(() => caller.strengthOf(microphoneTone)).toBeGreaterThan(0.1);

  await own.getByText("Barge", { exact: true }).click();
  await expect(mark).toContainText("has barged in", { timeout: 15_000 });
  await expect.poll(() => caller.strengthOf(supervisorTone), { timeout: 15_000 }).toBeGreaterThan(0.05);

  await own.getByRole("button", { name: "Stop" }).click();
  await expect(mark).toBeHidden({ timeout: 15_000 });
  await expect.poll(() => caller.strengthOf(supervisorTone), { timeout: 15_000 }).toBeLessThan(0.02);
  await expect(boss.getByRole("button", { name: /^Status.*Available/ })).toBeVisible();
  await expect(lineOne(ann)).toContainText("Connected");
});

test("an agent asks for help, a supervisor coaches from the request, and the agent ends it", async ({
  site,
  call,
  chrome,
}) => {
  const ann = await (await chrome(microphoneTone)).newPage();
  await start(ann, site, "ann");
  const caller = await answered(ann, site, call);
  const boss = await (await chrome(supervisorTone)).newPage();
  await start(boss, site, "admin");
  await boss.getByRole("link", { name: "History" }).click();

  const line = lineOne(ann);
  await line.getByRole("button", { name: "Ask for help" }).click();
  await line.getByLabel("What it is about (optional)").fill("Wants a discount");
  await line.getByRole("button", { name: "Send" }).click();
  const request = boss.getByRole("region", { name: "Requests" });
  await expect(request).toContainText("Ann Archer asks for help", { timeout: 15_000 });
  await expect(request).toContainText("Wants a discount");
  await request.getByRole("button", { name: "Coach" }).click();

  await expect(line.getByRole("status").filter({ hasText: "coaches" })).toBeVisible({ timeout: 15_000 });
  await expect(request).toBeHidden();
  await hearsTone(ann, supervisorTone);
  await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 15_000 }).toBeGreaterThan(0.1);
  await expect.poll(() => caller.strengthOf(supervisorTone)).toBeLessThan(0.02);

  await line.getByRole("button", { name: "I need no more help" }).click();
  await expect(line.getByText("coaches")).toBeHidden({ timeout: 15_000 });
  await expect(line).toContainText("Connected");
  await expect(boss.getByRole("button", { name: /^Status.*Available/ })).toBeVisible();
});
