import { becomeAvailable, expect, lineOne, signIn, test } from "./world.ts";

test.setTimeout(90_000);
test.use({ company: "voice" });

test("an agent whose voice comes by a telephone that stays connected takes a queue call there, and the page shows it", async ({
  site,
  call,
  chrome,
}) => {
  const page = await (await chrome()).newPage();
  await signIn(page, site, "bob");
  await page.getByRole("button", { name: "Another way" }).click();
  const dialog = page.getByRole("dialog", { name: "How your voice comes" });
  await dialog.getByText("Call me", { exact: true }).click();
  await dialog.getByRole("textbox", { name: "Number or extension" }).fill("+1 202 555 0177");
  await dialog.getByRole("switch", { name: "Stay connected" }).click({ force: true });
  await dialog.getByRole("button", { name: "Connect" }).click();
  const waiting = page.getByText("Waiting. The next call comes by a beep.");
  await expect(waiting).toBeVisible({ timeout: 20_000 });
  await becomeAvailable(page);

  const caller = call(site.number(1));
  await expect(lineOne(page)).toContainText("Connected", { timeout: 20_000 });
  await expect.poll(() => caller.level(), { timeout: 15_000 }).toBeGreaterThan(0.01); // who answered the telephone speaks
  await lineOne(page)
    .getByRole("button", { name: /Hang up/ })
    .click();
  await caller.reaches("ended");
  await expect(waiting).toBeVisible({ timeout: 15_000 }); // the telephone stays connected for the next one
  await page.getByRole("button", { name: "Disconnect" }).click();
  await expect(waiting).toBeHidden();
});
