import type { Page } from "@playwright/test";
import { expect, hears, lineOne, microphoneTone, screen, signIn, start, test } from "./world.ts";

const dial = async (page: Page, number: string) => {
  await page.getByLabel("Number or extension").fill(number);
  await page.getByRole("button", { name: "Dial", exact: true }).click();
};

test("Ring me: the carrier in the box calls and speaks", async ({ site, chrome }) => {
  const page = await (await chrome()).newPage();
  await start(page, site, "ann");
  await page.getByRole("button", { name: "Ring me" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible({ timeout: 15_000 });
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /Answer/ })
    .click();
  await expect(lineOne(page)).toContainText("Connected");
  await expect
    .poll(async () => Math.max(...(await hears(page, [250, 400, 550, 800]))), { timeout: 15_000 })
    .toBeGreaterThan(-70);
  await lineOne(page)
    .getByRole("button", { name: /Hang up/ })
    .click();
  await expect(page.getByRole("button", { name: /^Status.*Available/ })).toBeVisible();
});

test("outbound: answered with sound, and each failure in words", async ({ site, chrome }) => {
  const page = await (await chrome()).newPage();
  await start(page, site, "ann");
  await dial(page, "+1 202 555 0180");
  await expect(lineOne(page)).toContainText("Connected", { timeout: 15_000 });
  await expect
    .poll(async () => Math.max(...(await hears(page, [250, 400, 550, 800]))), { timeout: 15_000 })
    .toBeGreaterThan(-70);
  await page
    .getByRole("button", { name: "History" })
    .or(page.getByRole("link", { name: "History" }))
    .first()
    .click();
  await screen(page, "real-call-bar-1440");
  await page
    .getByRole("region", { name: "Current call" })
    .getByRole("button", { name: /Hang up/ })
    .click();
  await page.getByRole("link", { name: "Calls" }).first().click();
  for (const [number, words] of [
    ["+12025550181", /busy/i],
    ["+12025550183", /declined/i],
    ["+12025550184", /does not exist/i],
    ["199", /nobody has the extension/i],
  ] as const) {
    await dial(page, number);
    await expect(page.getByText(words).first()).toBeVisible({ timeout: 15_000 });
  }
});

test("agents call each other by extension", async ({ site, chrome }) => {
  const ann = await (await chrome(microphoneTone)).newPage();
  const bob = await (await chrome(1100)).newPage();
  await start(ann, site, "ann");
  await start(bob, site, "bob");
  await dial(ann, site.user("bob").extension);
  await expect(bob.getByRole("alertdialog")).toContainText("Ann Archer");
  await bob.keyboard.press("a");
  await expect.poll(async () => (await hears(bob, [microphoneTone]))[0], { timeout: 15_000 }).toBeGreaterThan(-60);
  await expect.poll(async () => (await hears(ann, [1100]))[0], { timeout: 15_000 }).toBeGreaterThan(-60);
  await bob
    .getByRole("region", { name: "Line 1" })
    .getByRole("button", { name: /Hang up/ })
    .click();
  await expect(ann.getByRole("form", { name: "Dial pad" })).toBeVisible({ timeout: 15_000 });
});

test("a second tab takes the phone over, and the first says so", async ({ site, chrome }) => {
  const context = await chrome();
  const first = await context.newPage();
  await start(first, site, "ann");
  const second = await context.newPage();
  await second.goto(site.ready.http);
  await second.getByRole("button", { name: "Use here" }).click();
  await expect(second.getByRole("form", { name: "Dial pad" })).toBeVisible({ timeout: 15_000 });
  await expect(first.getByText("Your phone is in another tab")).toBeVisible();
  await first.getByRole("button", { name: "Use here" }).click();
  await expect(first.getByRole("form", { name: "Dial pad" })).toBeVisible({ timeout: 15_000 });
});

test("a rejected call goes to the next agent and is on record", async ({ site, call, chrome }) => {
  const ann = await (await chrome()).newPage();
  const bob = await (await chrome()).newPage();
  await start(ann, site, "ann");
  await start(bob, site, "bob");
  const caller = call(site.number(0), { from: "+12025550199" });
  await caller.reaches("answered");
  const ringing = await Promise.race(
    [ann, bob].map((page) =>
      page
        .getByRole("alertdialog")
        .waitFor()
        .then(() => page),
    ),
  );
  const other = ringing === ann ? bob : ann;
  await ringing.keyboard.press("d");
  await expect(other.getByRole("alertdialog")).toBeVisible();
  await other.keyboard.press("a");
  await expect(lineOne(other)).toContainText("Connected");
  caller.command("hangup");
  await expect(other.getByText(/Wrap-up/).first()).toBeVisible();
  const detail = await latest(other, site.ready.http);
  expect(detail.offers.map((offer: { result: string }) => offer.result)).toEqual(["ignored", "answered"]);
  await other.getByRole("button", { name: /^Status/ }).click();
  await other.getByRole("menuitem", { name: /Available/ }).click();
});

async function latest(page: Page, http: string) {
  const list = await (await page.request.get(`${http}/api/calls`)).json();
  return (await page.request.get(`${http}/api/calls/${list.items[0].id}`)).json();
}

test("a supervisor sees queues, agents and waiting callers live", async ({ site, call, chrome }) => {
  const page = await (await chrome()).newPage();
  await signIn(page, site, "sam");
  await page.goto(`${site.ready.http}/queues`);
  await expect(page.getByRole("table", { name: "Agents" })).toBeVisible();
  const caller = call(site.number(1), { from: "+12025550142" });
  await caller.reaches("answered");
  await expect(page.getByRole("table", { name: "Waiting callers" })).toContainText("Clara Jensen", {
    timeout: 15_000,
  });
  await screen(page, "real-dashboard-1440");
  const answer = page.getByRole("button", { name: "Answer Clara Jensen now" });
  await answer.click();
  await expect(page.getByText("Nothing of yours can ring. Press Start")).toBeVisible();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByRole("form", { name: "Dial pad" })).toBeVisible({ timeout: 15_000 });
  await answer.click();
  await expect(page.getByRole("alertdialog")).toContainText("Clara Jensen");
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /Answer/ })
    .click();
  await expect(lineOne(page)).toContainText("Connected");
  caller.command("hangup");
  await expect(page.getByText("Nobody waits")).toBeVisible();
});

test("the phone on a small screen", async ({ site, call, chrome }) => {
  const page = await (await chrome(microphoneTone, { width: 360, height: 740 })).newPage();
  await signIn(page, site, "bob");
  await page.getByRole("button", { name: "Phone", exact: true }).click();
  await page.getByRole("button", { name: /^(Start|Use here)$/ }).click();
  await expect(page.getByRole("form", { name: "Dial pad" })).toBeVisible({ timeout: 15_000 });
  await screen(page, "real-idle-360");
  const caller = call(site.number(1));
  await caller.reaches("answered");
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await screen(page, "real-ringing-360");
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /Answer/ })
    .click();
  await expect(lineOne(page)).toContainText("Connected");
  await screen(page, "real-in-call-360");
  await lineOne(page)
    .getByRole("button", { name: /Hang up/ })
    .click();
});

test("sign-in refuses a wrong password in words", async ({ site, chrome }) => {
  const page = await (await chrome()).newPage();
  await page.goto(site.ready.http);
  await page.getByLabel("E-mail").fill("ann@demo.parley");
  await page.getByRole("textbox", { name: "Password" }).fill("wrong password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("E-mail or password is wrong.");
  await screen(page, "real-sign-in-1440");
});
