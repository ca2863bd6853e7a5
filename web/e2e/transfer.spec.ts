import type { Page } from "@playwright/test";
import { button, dial, pick } from "./in-call.ts";
import { answered, expect, hears, lineOne, microphoneTone, screen, start, test } from "./world.ts";

/** The tone of the colleague's microphone. */
const colleagueTone = 1100;

/** hearsTone waits until a page is sent a tone. */
const hearsTone = (page: Page, tone: number) =>
  expect.poll(async () => (await hears(page, [tone]))[0], { timeout: 15_000 }).toBeGreaterThan(-60);

test("a caller is handed on warm: notes, music, swap, and the colleague goes on", async ({ site, call, chrome }) => {
  const ann = await (await chrome(microphoneTone)).newPage();
  await start(ann, site, "ann");
  const caller = await answered(ann, site, call);
  const bob = await (await chrome(colleagueTone)).newPage();
  await start(bob, site, "bob");

  await pick(ann, "Warm transfer", "Bob", "Wants to return order 4711.");
  const card = bob.getByRole("alertdialog");
  await expect(card).toContainText("Transferred by Ann Archer", { timeout: 15_000 });
  await expect(card).toContainText("Wants to return order 4711.");
  const lineTwo = ann.getByRole("region", { name: "Line 2" });
  await expect(lineTwo).toContainText("Dialling");
  await card.getByRole("button", { name: /^Answer/ }).click(); // by hand: a key is the phone's only outside of text fields

  await test.step("the two speak, the caller hears music", async () => {
    await expect(lineTwo).toContainText("Connected");
    await expect(lineOne(ann)).toContainText("On hold");
    await hearsTone(bob, microphoneTone);
    await hearsTone(ann, colleagueTone);
    await expect.poll(() => caller.strengthOf(microphoneTone)).toBeLessThan(0.02);
    await expect.poll(() => caller.level()).toBeGreaterThan(0.01);
    await screen(ann, "real-two-lines-1440");
  });

  await test.step("swapped, the caller hears the agent again", async () => {
    await lineOne(ann)
      .getByRole("button", { name: /^Talk to/ })
      .click();
    await expect(lineTwo).toContainText("On hold");
    await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 15_000 }).toBeGreaterThan(0.1);
  });

  await test.step("completed, the caller speaks with the colleague", async () => {
    await button(ann, /^Complete:/).click();
    await expect.poll(() => caller.strengthOf(colleagueTone), { timeout: 15_000 }).toBeGreaterThan(0.1);
    await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 15_000 }).toBeLessThan(0.02);
    await expect(button(ann, /^Status.*Wrap-up/)).toBeVisible();
    await expect(lineOne(bob)).toContainText("Wants to return order 4711.");
  });
});

test("a target that fails is told, a conference is merged, and the agent ends it for all", async ({
  site,
  call,
  chrome,
}) => {
  const ann = await (await chrome()).newPage();
  await start(ann, site, "ann");
  const caller = await answered(ann, site, call);

  await dial(ann, "Warm transfer", "+1 202 555 0181");
  await expect(ann.getByRole("alert").filter({ hasText: "has not taken the call" })).toContainText(/busy/i, {
    timeout: 15_000,
  });
  await expect(lineOne(ann)).toContainText("Connected");
  await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 15_000 }).toBeGreaterThan(0.1);

  await dial(ann, "Conference", "+1 202 555 0180");
  await button(ann, /^Merge/).click({ timeout: 20_000 });
  const parties = ann.getByRole("region", { name: "Participants" });
  await expect(parties.getByRole("listitem")).toHaveCount(3);
  await expect(ann.getByRole("region", { name: "Line 2" })).toBeHidden();
  await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 15_000 }).toBeGreaterThan(0.1);

  const customer = parties.getByRole("listitem").filter({ hasText: "Customer" });
  await customer.getByRole("button", { name: /^Hold/ }).click();
  await expect(customer).toContainText("On hold");
  await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 15_000 }).toBeLessThan(0.02);
  await customer.getByRole("button", { name: /^Resume/ }).click();
  await expect(customer).not.toContainText("On hold");

  await lineOne(ann).getByRole("button", { name: "Hang up" }).click();
  const dialog = ann.getByRole("dialog", { name: "How do you leave this call?" });
  await expect(dialog.getByText("Nobody of your company stays with them.")).toBeVisible();
  await dialog.getByRole("button", { name: "End for all" }).click();
  await caller.reaches("ended");
  await expect(button(ann, /^Status.*Wrap-up/)).toBeVisible();
});
