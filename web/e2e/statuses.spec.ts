import type { Page } from "@playwright/test";
import { expect, lineOne, screen, signIn, start, test } from "./world.ts";

test.setTimeout(90_000);
test.use({ company: "statuses" });

/** told asks the API as the person who is signed in on the page. */
const told = <T>(page: Page, method: string, path: string, body?: unknown): Promise<T> =>
  page.evaluate(
    async ([how, where, what]) => {
      const answer = await fetch(`/api${where}`, {
        method: how,
        headers: { "Content-Type": "application/json", "X-Parley": "1" },
        ...(what === undefined ? {} : { body: JSON.stringify(what) }),
      });
      if (!answer.ok) throw new Error(`${how} ${where}: ${await answer.text()}`);
      return answer.status === 204 ? undefined : answer.json();
    },
    [method, path, body] as const,
  ) as Promise<T>;

interface Queue {
  id: string;
  version: number;
  title: string;
  fields: Record<string, unknown>;
}

/** company gives every queue a required outcome, a short wrap-up and one extension, and makes a custom status. */
async function company(admin: Page): Promise<void> {
  const made = (kind: string, fields: unknown) => told<{ id: string }>(admin, "POST", `/settings/${kind}`, { fields });
  const sold = await made("outcomes", { name: "Sold" });
  await made("statuses", { name: "Coaching", parent_status: "busy", colour: "#7048e8" });
  const { rows } = await told<{ rows: Queue[] }>(admin, "GET", "/settings/queues");
  for (const { id, version, fields } of rows) {
    const changed = {
      ...fields,
      outcomes: [sold.id],
      outcome_required: true,
      wrap_up_seconds: 8,
      max_extensions: 1,
    };
    await told(admin, "PUT", `/settings/queues/${id}`, { version, fields: changed });
  }
}

test("a required outcome holds an agent, who chooses it and goes to a custom status; a supervisor changes both", async ({
  site,
  call,
  chrome,
}) => {
  const boss = await (await chrome()).newPage();
  await signIn(boss, site, "admin");
  await company(boss);
  const page = await (await chrome()).newPage();
  await start(page, site, "bob");
  const caller = call(site.number(1));
  await expect(page.getByRole("alertdialog")).toBeVisible({ timeout: 15_000 });
  await page.keyboard.press("a");
  await expect(lineOne(page)).toContainText("Connected");
  await page.getByLabel("Next status").selectOption("Break");
  caller.command("hangup");
  await page.getByRole("button", { name: "Extend (1 left)" }).click();
  await expect(page.getByRole("button", { name: "Extend (0 left)" })).toBeDisabled();
  await page.getByRole("button", { name: "Wrap", exact: true }).click();
  await expect(page.getByText("This queue requires an outcome of each call.", { exact: false })).toBeVisible();
  await expect(page.getByText("The time is over, but this queue requires an outcome.", { exact: false })).toBeVisible({
    timeout: 15_000,
  });
  await screen(page, "real-outcome-1440");
  await page.getByLabel("Next status").selectOption("Coaching");
  await page.getByLabel("Outcome").selectOption("Sold");
  await expect(page.getByRole("button", { name: /^Status.*Coaching/ })).toBeVisible();

  await boss.goto(`${site.ready.http}/queues`);
  const row = boss.getByRole("row", { name: /Bob/ });
  await expect(row).toContainText("Coaching");
  await row.getByRole("button", { name: /^What Bob/ }).click();
  await boss.getByRole("menuitemcheckbox").first().click();
  await expect(boss.getByRole("menuitemcheckbox").first()).toHaveAttribute("aria-checked", "false");
  await boss.getByRole("menuitem", { name: "Lunch" }).click();
  await expect(page.getByRole("button", { name: /^Status.*Lunch/ })).toBeVisible();
  await page.getByRole("button", { name: /^Status/ }).click();
  await expect(page.getByRole("menuitemcheckbox", { checked: false })).toHaveCount(1);
  await page.getByRole("menuitemcheckbox", { checked: false }).click();
  await expect(page.getByRole("menuitemcheckbox", { checked: false })).toHaveCount(0);

  await page.goto(`${site.ready.http}/history`);
  await expect(page.getByRole("row", { name: /Sold/ })).toBeVisible();
  await page.locator("a.rowlink").first().click();
  await expect(page.getByRole("article")).toContainText("Sold");

  await boss.goto(`${site.ready.http}/workforce?view=events&trigger=manual`);
  const changes = boss.getByRole("table", { name: "Status changes" });
  await expect(changes.getByRole("row", { name: /Lunch.*By hand/ })).toContainText("Bob");
  await boss.getByRole("combobox", { name: "New status" }).click();
  await boss.getByRole("option", { name: "Offline" }).click();
  await expect(boss.getByText("No change of status fits")).toBeVisible();
  await expect(boss.getByRole("button", { name: "Changes as CSV" })).toBeDisabled(); // without the permission Export
  await boss.goto(`${site.ready.http}/queues`);
  await row.getByRole("button", { name: /^What Bob/ }).click();
  await boss.getByRole("menuitem", { name: "Sign off" }).click();
  await boss.getByRole("menuitem", { name: /Press again/ }).click();
  await expect(row).toContainText("Offline");
  await boss.goto(`${site.ready.http}/workforce?view=events&status=offline&trigger=manual`);
  await expect(changes.getByRole("row", { name: /Bob/ })).toBeVisible();
});
