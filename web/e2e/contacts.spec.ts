import type { APIRequestContext } from "@playwright/test";
import { expect, lineOne, microphoneTone, type Site, screen, start, test } from "./world.ts";

test.use({ company: "contacts" });

/** ask asks the site as whoever is signed in to the context. */
async function ask<T>(by: APIRequestContext, site: Site, method: string, path: string, data?: unknown): Promise<T> {
  const answer = await by.fetch(`${site.ready.http}/api${path}`, { method, data, headers: { "X-Parley": "1" } });
  const text = await answer.text();
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

interface Stored {
  id: string;
  version: number;
  fields: Record<string, unknown>;
}

/** prepare makes presences active, as an administrator does. */
async function prepare(by: APIRequestContext, site: Site): Promise<void> {
  const admin = site.ready.users.find(({ role }) => role === "admin");
  await ask(by, site, "POST", "/session", { email: admin?.email, password: admin?.password });
  const org = await ask<Stored>(by, site, "GET", "/settings/organisation");
  const fields = { ...org.fields, presence: { mode: "active", overrides: true } };
  await ask(by, site, "PUT", "/settings/organisation", { version: org.version, fields });
}

test("a colleague in a meeting is seen at once, takes queue calls, and direct calls go to voicemail", async ({
  site,
  chrome,
  call,
  request,
}) => {
  await prepare(request, site);
  const ann = await (await chrome()).newPage();
  const bob = await (await chrome()).newPage();
  await Promise.all([start(ann, site, "ann"), start(bob, site, "bob")]);
  await bob.getByRole("link", { name: "Contacts" }).click();
  const row = bob.getByRole("listitem").filter({ hasText: "Ann Archer" });
  await expect(row).toContainText("Available");

  await ann.getByRole("button", { name: /account of Ann/ }).click();
  await ann.getByLabel("Add a word, such as until 16:00").fill("until 16:00");
  await ann.getByRole("button", { name: "Set" }).first().click();
  await ann.getByRole("menuitem", { name: "In a meeting" }).click();
  await expect(row).toContainText("In a meeting · until 16:00 · do not disturb");
  await screen(ann, "real-presence-1440");
  await ann.keyboard.press("Escape");

  await row.dblclick();
  await expect(lineOne(bob)).toContainText("Ann Archer");
  await expect
    .poll(async () => {
      const { items } = await ask<{ items: { id: string }[] }>(request, site, "GET", "/calls?limit=1");
      return items[0] ? JSON.stringify(await ask(request, site, "GET", `/calls/${items[0].id}`)) : "no call yet";
    })
    .toMatch(/do not disturb.*Ann Archer/);
  await expect(ann.getByRole("alertdialog")).toBeHidden();
  await lineOne(bob)
    .getByRole("button", { name: /Cancel|Hang up/ })
    .click();
  await expect(lineOne(bob)).toBeHidden({ timeout: 15_000 });

  await ask(bob.context().request, site, "POST", "/status", { status: "unavailable" });
  const caller = call(site.number(0));
  await caller.reaches("answered");
  await expect(ann.getByRole("alertdialog")).toBeVisible({ timeout: 15_000 });
  await ann.keyboard.press("a");
  await expect(row).toContainText("Busy on a call");
  await lineOne(ann)
    .getByRole("button", { name: /Hang up/ })
    .click();
  await expect(row).toContainText("In a meeting");

  const search = bob.getByRole("searchbox", { name: "Search people and numbers" });
  await search.fill("nobody at all");
  await expect(bob.getByText("Nobody is called that")).toBeVisible();
  await search.press("Escape");
  await expect(search).toHaveValue("");
  await row.click({ button: "right" });
  await bob.getByRole("menuitem", { name: "Add to favourites" }).click();
  const favourites = bob.getByRole("region", { name: "Favourites" });
  await expect(favourites).toContainText("Ann Archer");
  await bob.reload();
  await expect(favourites).toContainText("Ann Archer");
  await screen(bob, "real-contacts-1440");
  await search.fill("archer");
  await bob.getByRole("button", { name: "Clear the search" }).click();
  await expect(search).toHaveValue("");
});

test("what rings at a colleague is answered by a click on the colleague", async ({ site, chrome, call }) => {
  const bob = await (await chrome()).newPage();
  const ann = await (await chrome(1100)).newPage();
  await Promise.all([start(bob, site, "bob"), start(ann, site, "ann")]);
  await ask(bob.context().request, site, "POST", "/status", { status: "unavailable" });
  await bob.getByRole("link", { name: "Contacts" }).click();
  const row = bob.getByRole("listitem").filter({ hasText: "Ann Archer" });
  await expect(row).toContainText("Available");

  const caller = call(site.number(0));
  await expect(row).toContainText("Rings: pick up", { timeout: 15_000 });
  await row.getByRole("button", { name: "Answer the call that rings at Ann Archer" }).click();
  await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 15_000 }).toBeGreaterThan(0.1);
  await expect(lineOne(bob)).toContainText("Connected");
  await expect(ann.getByRole("alertdialog")).toBeHidden();
  await expect(row).not.toContainText("Rings");
});
