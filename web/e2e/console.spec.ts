import type { Locator, Page } from "@playwright/test";
import { threeMoments } from "./company-calls.ts";
import { Fresh } from "./fresh.ts";
import { expect, screen, test } from "./world.ts";

test.setTimeout(240_000);

/** pick chooses in a field that is searched, and waits for what it offers. */
async function pick(within: Page | Locator, page: Page, name: string, option: string | RegExp): Promise<void> {
  await within.getByRole("combobox", { name, exact: true }).click();
  await page.getByRole("option", { name: option, exact: typeof option === "string" }).click();
}

const fill = (within: Page | Locator, name: string, value: string) =>
  within.getByRole("textbox", { name, exact: true }).fill(value);

async function open(page: Page, site: Fresh, area: string): Promise<void> {
  await page.goto(`${site.address}/settings/company/${area}?make=true`);
}

/** made presses Create and waits until the record is open. */
async function made(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("region", { name: title, exact: true })).toBeVisible();
}

/** lead fills in a destination. */
async function lead(within: Page | Locator, page: Page, label: string, kind: string, target: string): Promise<void> {
  await pick(within, page, `${label}: Leads to`, kind);
  await pick(within, page, `${label}: which`, target);
}

test("an administrator builds a company from nothing, and calls go through it at three moments of the day", async ({
  chrome,
  call,
}) => {
  const site = await Fresh.start("2026-11-23T09:00:00+01:00");
  try {
    const page = await (await chrome()).newPage();
    page.setDefaultTimeout(15_000);
    await firstSteps(page, site);
    await people(page, site);
    await hours(page, site);
    await routing(page, site);
    await proof(page, site);
    await threeMoments(page, site, call);
  } finally {
    await site.stop();
  }
});

/** From the code on the console to a number that leads to a queue (BX-48). */
async function firstSteps(page: Page, site: Fresh): Promise<void> {
  await page.goto(site.address);
  await fill(page, "Code from the console", site.code);
  await fill(page, "Organisation", "Lamp & Co");
  await fill(page, "Your name", "Ada Admin");
  await fill(page, "E-mail", "ada@lamp.example");
  await page.getByRole("textbox", { name: "Password" }).fill("a long password");
  await page.getByRole("button", { name: "Create and sign in" }).click();

  await expect(page.getByRole("heading", { name: "First steps" })).toBeVisible();
  await page.getByRole("combobox", { name: "Country" }).fill("Belgium");
  await page.getByRole("option", { name: "Belgium (BE)" }).click();
  await page.getByRole("button", { name: "Save" }).click();

  await expect(page.getByRole("heading", { name: "Trunk", exact: true })).toBeVisible();
  await fill(page, "Name", "Carrier");
  await pick(page, page, "Kind", "By address");
  await fill(page, "Proxy", "127.0.0.1:15060");
  await page.getByRole("combobox", { name: "Calls come from" }).fill("127.0.0.1");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByRole("button", { name: "Next" }).click();

  await fill(page, "Number", "+3225550100");
  await screen(page, "real-first-steps-1440");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name: "Agent", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Next" }).click(); // who set it up is an agent already
  await expect(page.getByRole("heading", { name: "Queue", exact: true })).toBeVisible();
  await fill(page, "Name", "Sales");
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByRole("button", { name: "Lead the number there" }).click();
  await expect(page.getByText("call +3225550100 from another telephone")).toBeVisible();
}

/** Three more agents, whose users are made on the way, and a second queue with mailbox. */
async function people(page: Page, site: Fresh): Promise<void> {
  for (const name of ["Ben", "Cleo", "Dora"]) {
    await open(page, site, "agents");
    await pick(page, page, "User", "New user …");
    const dialog = page.getByRole("dialog", { name: "New user" });
    await fill(dialog, "E-mail", `${name.toLowerCase()}@lamp.example`);
    await fill(dialog, "First name", name);
    await pick(dialog, page, "Role", "Agent");
    await dialog.getByRole("button", { name: "Create" }).click();
    await expect(dialog).toBeHidden();
    await made(page, name);
  }
  await open(page, site, "mailboxes");
  await fill(page, "Name", "Support messages");
  await pick(page, page, "Kind", "Shared");
  await made(page, "Support messages");
  await open(page, site, "queues");
  await fill(page, "Name", "Support");
  await pick(page, page, "Add to Agents", "Ben");
  await pick(page, page, "Add to Agents", "Cleo");
  await page.getByRole("switch", { name: "Voicemail", exact: true }).click({ force: true });
  await pick(page, page, "Mailbox", "Support messages");
  await fill(page, "Ring time", "400");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByText("Must be 5 to 120.")).toBeVisible();
  await fill(page, "Ring time", "25");
  await made(page, "Support");
  await screen(page, "real-console-queue-1440");
}

/** Opening hours by a quick fill, and a holiday. */
async function hours(page: Page, site: Fresh): Promise<void> {
  await open(page, site, "time-ranges");
  await fill(page, "Name", "Office hours");
  await page.getByRole("button", { name: "Add hours" }).click();
  await expect(page.getByRole("textbox", { name: "From", exact: true })).toHaveValue("08:50");
  await made(page, "Office hours");
  await open(page, site, "time-ranges");
  await fill(page, "Name", "Holidays");
  await page.getByRole("button", { name: "Add to Hours" }).click();
  await page.getByLabel("First day").fill("2026-12-25");
  await page.getByLabel("Last day").fill("2026-12-26");
  await made(page, "Holidays");
}

/** A menu, a time router before it, and numbers that lead there. */
async function routing(page: Page, site: Fresh): Promise<void> {
  await open(page, site, "menus");
  await fill(page, "Name", "Welcome");
  await page.getByRole("radiogroup", { name: "Prompt: from" }).getByText("Spoken text").click();
  await fill(page, "Prompt: Text to speak", "For sales press 1, for support press 2.");
  for (const [i, queue] of ["Sales", "Support"].entries()) {
    await page.getByRole("button", { name: "Add to Keys" }).click();
    const entry = page
      .getByRole("listitem")
      .filter({ has: page.getByRole("button", { name: `Remove entry ${i + 1}` }) });
    await fill(entry, "Keys", String(i + 1));
    await lead(entry, page, "Leads to", "Queue", queue);
  }
  await screen(page, "real-console-menu-1440");
  await made(page, "Welcome");

  await open(page, site, "time-routers");
  const form = page.getByRole("form");
  const holidays = form.getByRole("listitem").filter({ has: page.getByRole("button", { name: "Remove entry 1" }) });
  await form.getByRole("textbox", { name: "Name", exact: true }).first().fill("Front door");
  await pick(holidays, page, "Time range", "Holidays");
  await lead(holidays, page, "Leads to", "Mailbox", "Support messages");
  await page.getByRole("button", { name: "Add to Entries, first match wins" }).click();
  const open9to6 = form.getByRole("listitem").filter({ has: page.getByRole("button", { name: "Remove entry 2" }) });
  await fill(open9to6, "Name", "Open");
  await pick(open9to6, page, "Time range", "Office hours");
  await lead(open9to6, page, "Leads to", "Menu", "Welcome");
  await lead(page, page, "Otherwise", "Mailbox", "Support messages");
  await made(page, "Front door");

  await open(page, site, "numbers");
  await fill(page, "Number", "+3225550101");
  await pick(page, page, "Trunk", "Carrier");
  await lead(page, page, "Leads to", "Time router", "Front door");
  await made(page, "+3225550101");
}

/** What was built is there, is told by the audit log, and what is in use stays. */
async function proof(page: Page, site: Fresh): Promise<void> {
  const total = async (area: string) => {
    const answer = await page.request.get(`${site.address}/api/settings/${area}`);
    return ((await answer.json()) as { total: number }).total;
  };
  const built = { trunks: 1, numbers: 2, "time-ranges": 2, "time-routers": 1, menus: 1, queues: 2, agents: 4 };
  for (const [area, count] of Object.entries(built)) expect(await total(area), area).toBe(count);

  await page.goto(`${site.address}/settings/company/queues`);
  await page.getByRole("link", { name: "Support" }).click();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByRole("dialog").getByRole("link", { name: "Welcome" })).toBeVisible();
  await page.goto(`${site.address}/settings/company/audit`);
  await expect(page.getByRole("table", { name: "Audit log" })).toContainText("time router created");
  await page.goto(`${site.address}/settings/company/numbers`);
  await expect(page.getByRole("table", { name: "Numbers" })).toContainText("Time router · Front door");
  await screen(page, "real-console-numbers-1440");
}
