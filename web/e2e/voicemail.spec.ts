import type { APIRequestContext, Page } from "@playwright/test";
import { toneFile } from "./wav.ts";
import {
  callerTone,
  expect,
  microphoneTone,
  quietProcessing,
  type Site,
  screen,
  signIn,
  start,
  test,
} from "./world.ts";

test.use({ company: "voicemail" });

interface Stored {
  id: string;
  version: number;
  fields: Record<string, unknown>;
}

/** change reads a record, changes fields of it and stores it. */
async function change(by: APIRequestContext, site: Site, path: string, fields: Record<string, unknown>): Promise<void> {
  const record = await ask<Stored>(by, site, "GET", path);
  await ask(by, site, "PUT", path, { version: record.version, fields: { ...record.fields, ...fields } });
}

async function ask<T>(by: APIRequestContext, site: Site, method: string, path: string, data?: unknown): Promise<T> {
  const answer = await by.fetch(`${site.ready.http}/api${path}`, { method, data, headers: { "X-Parley": "1" } });
  const text = await answer.text();
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** prepare gives Ann, who has a mailbox as every agent has, a share in that of a team. The first number leads to the team's mailbox, the second to Ann;
 * once for all tests of the site. */
async function prepare(by: APIRequestContext, site: Site): Promise<void> {
  const admin = site.ready.users.find(({ role }) => role === "admin");
  await ask(by, site, "POST", "/session", { email: admin?.email, password: admin?.password });
  const boxes = await ask<{ rows: Stored[] }>(by, site, "GET", "/settings/mailboxes");
  if (boxes.rows.some(({ fields }) => fields.name === "Team")) return;
  const agents = await ask<{ rows: Stored[] }>(by, site, "GET", "/settings/agents");
  const ann = agents.rows.find((row) => row.fields.extension === site.user("ann").extension);
  const make = (fields: Record<string, unknown>) => ask<Stored>(by, site, "POST", "/settings/mailboxes", { fields });
  const team = await make({ name: "Team", voicemail_mailbox_type: "shared" });
  await change(by, site, `/settings/agents/${ann?.id}`, { shared_mailbox: team.id });
  const numbers = await ask<{ rows: Stored[] }>(by, site, "GET", "/settings/numbers");
  for (const [index, destination] of [
    { kind: "mailbox", target: team.id },
    { kind: "agent", target: ann?.id },
  ].entries()) {
    const number = numbers.rows.find((row) => row.fields.phone_number === site.ready.numbers[index]);
    await change(by, site, `/settings/numbers/${number?.id}`, { destination });
  }
}

/** sound is what the message's player plays. */
const sound = <T>(page: Page, read: (audio: HTMLAudioElement) => T) =>
  page
    .getByRole("article", { name: "Messages" })
    .locator("audio")
    .evaluate(read as (audio: Element) => T);

test("a message of a real call is counted, played, marked, forwarded, downloaded, called back and deleted", async ({
  site,
  chrome,
  call,
  request,
}) => {
  await prepare(request, site);
  const page = await (await chrome()).newPage();
  await start(page, site, "ann");
  const inbox = page.getByRole("navigation").getByRole("link", { name: /^Voicemail/ });
  await expect(inbox).toHaveText("Voicemail");
  const caller = call(site.number(0), { from: "+12025550141", tone: callerTone });
  await caller.reaches("answered");
  await expect.poll(() => caller.level(), { timeout: 15_000 }).toBeGreaterThan(0.01);
  await expect.poll(() => caller.quietFor(), { timeout: 30_000 }).toBeGreaterThan(3500);
  caller.command("hangup");
  await caller.reaches("ended");
  await expect(inbox).toHaveText(/Voicemail\s*1\s*messages not heard/);

  await inbox.click();
  const list = page.getByRole("region", { name: "Messages" });
  await expect(list.getByRole("row", { name: /New/ })).toHaveCount(1);
  await list.getByRole("button", { name: "Bruno Costa" }).click();
  const pane = page.getByRole("article", { name: "Messages" });
  await pane.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => sound(page, (audio) => audio.currentTime)).toBeGreaterThan(0.5);
  expect(await sound(page, (audio) => audio.duration)).toBeGreaterThan(3);
  await expect(inbox).toHaveText("Voicemail");
  await pane.getByRole("button", { name: "Pause" }).click();
  await pane.getByRole("slider", { name: "Position in the message" }).fill("2");
  await expect.poll(() => sound(page, (audio) => audio.currentTime)).toBeCloseTo(2);
  await pane.getByText("2×").click();
  await pane.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => sound(page, (audio) => audio.currentTime)).toBeGreaterThan(2.4);
  expect(await sound(page, (audio) => audio.playbackRate)).toBe(2);
  await screen(page, "real-voicemail-1440");

  await pane.getByRole("button", { name: "Mark as new" }).click();
  await expect(inbox).toContainText("1");
  await pane.getByRole("button", { name: "Mark as heard" }).click();
  await expect(inbox).toHaveText("Voicemail");
  const download = page.waitForEvent("download");
  await pane.getByRole("link", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toMatch(/\.wav$/);
  await pane.getByRole("button", { name: "Forward" }).click();
  await page.getByRole("menuitem", { name: "Ann" }).click();
  await expect(inbox).toContainText("1");
  await expect(list.getByRole("row", { name: "Bruno Costa" })).toHaveCount(2);
  await expect(list.getByRole("row", { name: /New/ })).toHaveCount(1);

  await pane.getByRole("button", { name: "Call back" }).click();
  await expect(page.getByRole("form", { name: "Dial pad" }).getByRole("textbox")).toHaveValue(/202.?555.?0141/);
  await expect(pane.getByRole("article", { name: "Customer" })).toContainText("Bruno Costa");
  await pane.getByRole("button", { name: "Delete" }).click();
  await pane.getByRole("button", { name: "Delete for good?" }).click();
  await expect(pane).toBeHidden();
  await page.getByRole("navigation", { name: "Mailboxes" }).getByRole("button", { name: "Ann" }).click();
  await list.getByRole("button", { name: "Bruno Costa" }).click(); // the copy lives on
  await expect(pane).toContainText("Forwarded from Team");
});

test("a greeting is recorded in the page, and callers hear it", async ({ site, chrome, call, request }) => {
  await prepare(request, site);
  const page = await (await chrome()).newPage();
  await signIn(page, site, "ann"); // who has not started work is not rung: callers come to the mailbox at once
  await quietProcessing(page, site.ready.http);
  await page.goto(`${site.ready.http}/voicemail`);
  await page.getByRole("navigation", { name: "Mailboxes" }).getByRole("button", { name: "Ann" }).click();
  const own = page.getByRole("region", { name: "My mailbox" });
  await record(own);
  await expect(page.getByText("The greeting is saved.")).toBeVisible();
  const caller = call(site.number(1), { tone: callerTone });
  await caller.reaches("answered");
  await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 15_000 }).toBeGreaterThan(0.1);
  caller.command("hangup");
  await caller.reaches("ended");
});

/** record speaks into the microphone for two seconds and keeps it. */
async function record(within: ReturnType<Page["getByRole"]>): Promise<void> {
  const recorder = within.getByRole("group", { name: "Record with the microphone" });
  await recorder.getByRole("button", { name: "Record" }).click();
  await expect(recorder).toContainText("0:02");
  await recorder.getByRole("button", { name: "Stop" }).click();
  await recorder.getByRole("button", { name: "Keep" }).click();
  await expect(recorder.getByRole("button", { name: "Keep" })).toBeHidden();
}

test("voicemails are prepared from a text, a recording and a file, changed and deleted", async ({
  site,
  chrome,
  request,
}) => {
  await prepare(request, site);
  const page = await (await chrome()).newPage();
  await start(page, site, "ann");
  await page.goto(`${site.ready.http}/voicemail`);
  await page.getByRole("navigation", { name: "Mailboxes" }).getByRole("button", { name: "Ann" }).click();
  const drops = page.getByRole("region", { name: "Prepared voicemails" });
  const fresh = drops.getByRole("form", { name: "New prepared voicemail" });
  const names = drops.getByRole("listitem");

  await fresh.getByRole("textbox", { name: "Name" }).fill("Order");
  await fresh.getByRole("textbox", { name: "What it says" }).fill("Your order is ready.");
  await fresh.getByRole("button", { name: "Have it spoken" }).click();
  await expect(names).toHaveText(["Order"]);
  await fresh.getByRole("textbox", { name: "Name" }).fill("In my voice");
  await record(fresh);
  await expect(names).toHaveText(["In my voice", "Order"]);
  await fresh.getByRole("textbox", { name: "Name" }).fill("From a file");
  const file = { name: "offer.wav", mimeType: "audio/wav", buffer: toneFile(callerTone) };
  await fresh.locator('input[type="file"]').setInputFiles(file);
  await expect(names).toHaveText(["From a file", "In my voice", "Order"]);

  await drops.getByRole("button", { name: "Change Order" }).click();
  const form = drops.getByRole("form", { name: "Change Order" });
  await expect(form.getByRole("textbox", { name: "What it says" })).toHaveValue("Your order is ready.");
  await form.getByRole("textbox", { name: "Name" }).fill("Order is late");
  await form.getByRole("textbox", { name: "What it says" }).fill("Your order is late.");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(names).toHaveText(["From a file", "In my voice", "Order is late"]);
  await drops.getByRole("button", { name: "Change From a file" }).click();
  await drops.getByRole("form", { name: "Change From a file" }).getByRole("textbox", { name: "Name" }).fill("Offer");
  await drops.getByRole("button", { name: "Save" }).click();
  await drops.getByRole("button", { name: "Delete In my voice" }).click();
  await expect(names).toHaveText(["Offer", "Order is late"]);
  await page.reload();
  await expect(names).toHaveText(["Offer", "Order is late"]);
});
