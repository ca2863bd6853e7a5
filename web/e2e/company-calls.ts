import type { Page } from "@playwright/test";
import type { Caller, CallerOptions } from "./caller.ts";
import type { Fresh } from "./fresh.ts";
import { expect, microphoneTone, quietProcessing, screen } from "./world.ts";

type Call = (to: string, options?: CallerOptions) => Caller;

const front = (site: Fresh) => `sip:+3225550101@${site.sip}`;

/** threeMoments calls the company of console.spec.ts on a working day, after hours and on a holiday. Ada answers. */
export async function threeMoments(page: Page, site: Fresh, call: Call): Promise<void> {
  await site.goOnAt("2026-11-24T10:00:00+01:00");
  await signIn(page, site);
  await quietProcessing(page, site.address);
  await begin(page);
  await workingDay(page, site, call);

  await site.goOnAt("2026-11-24T20:00:00+01:00");
  await leaveMessage(call(front(site), { from: "+3225550190" }));
  await site.goOnAt("2026-12-25T10:00:00+01:00");
  await leaveMessage(call(front(site), { from: "+3225550191" }));
  await signIn(page, site);
  await messages(page, site);
}

async function signIn(page: Page, site: Fresh): Promise<void> {
  await page.goto(site.address);
  await page.getByRole("textbox", { name: "E-mail" }).fill("ada@lamp.example");
  await page.getByRole("textbox", { name: "Password" }).fill("a long password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation").first().waitFor();
}

async function begin(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^(Start|Use here)$/ }).click();
  await expect(page.getByRole("form", { name: "Dial pad" })).toBeVisible({ timeout: 15_000 });
  await page.getByRole("button", { name: /^Status/ }).click();
  await page.getByRole("menuitem", { name: "Available" }).click();
  await expect(page.getByRole("button", { name: /^Status.*Available/ })).toBeVisible();
}

/** The menu speaks, nonsense is answered by help, 1 leads to the queue of sales, and both hear each other. */
async function workingDay(page: Page, site: Fresh, call: Call): Promise<void> {
  const caller = call(front(site));
  await caller.reaches("answered");
  await expect.poll(() => caller.level(), { timeout: 15_000 }).toBeGreaterThan(0.01);
  caller.command("press 7");
  caller.command("press 1");
  await expect(page.getByRole("alertdialog")).toContainText("Sales", { timeout: 30_000 });
  await page.keyboard.press("a");
  await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 15_000 }).toBeGreaterThan(0.1);
  await screen(page, "real-company-call-1440");
  caller.command("hangup");
  await caller.reaches("ended");
}

/** The caller hears a greeting, then silence in which to speak, and hangs up after some seconds. */
async function leaveMessage(caller: Caller): Promise<void> {
  await caller.reaches("answered");
  await expect.poll(() => caller.level(), { timeout: 15_000 }).toBeGreaterThan(0.01);
  await expect.poll(() => caller.quietFor(), { timeout: 30_000 }).toBeGreaterThan(3500);
  caller.command("hangup");
  await caller.reaches("ended");
}

/** Both messages are in the shared mailbox, and each call's story says which entry of the hours let it there. */
async function messages(page: Page, site: Fresh): Promise<void> {
  await page.goto(`${site.address}/voicemail`);
  for (const end of ["90", "91"])
    await expect(page.getByRole("row", { name: new RegExp(`${end} Support messages`) })).toBeVisible();
  await screen(page, "real-company-messages-1440");
  await page.goto(`${site.address}/history`);
  const timeline = page.getByRole("list").filter({ hasText: "The call arrives" });
  for (const [row, told] of [
    [/255 501 91/, /Front door: Holidays.*Support messages.*Leaves a message of \d s/s],
    [/255 501 90/, /Front door(?!:).*Support messages.*Leaves a message of \d s/s],
    [/202 555 0141/, /Front door: Open.*Welcome.*Sales/s],
  ] as const) {
    await page.getByRole("row", { name: row }).click();
    await expect(timeline).toContainText(told);
  }
}
