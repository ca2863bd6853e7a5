import { expect, shot, start, test } from "./desk.ts";
import { agents, people } from "./fake/live.ts";

test("a click on a colleague at whom it rings answers there", async ({ page, fake, address }) => {
  await page.goto(address);
  await start(page);
  const ben = agents().find(({ name }) => name === "Ben Ortiz");
  if (!ben) throw new Error("Ben is not in the fake team");
  fake.emit({ kind: "agent", data: { ...ben, rings: true } });
  await page.getByRole("button", { name: /Ben Ortiz.*Rings: pick up/ }).click();
  await expect.poll(() => fake.requests.some(({ route }) => route === `POST /agents/${ben.id}/pick-up`)).toBe(true);
  fake.emit({ kind: "agent", data: ben });
  await expect(page.getByRole("button", { name: /Rings: pick up/ })).toBeHidden();
});

test("a colleague who is not to be disturbed is marked so in the team list", async ({ page, fake, address }) => {
  await page.goto(address);
  await start(page);
  const ben = agents().find(({ name }) => name === "Ben Ortiz");
  if (!ben) throw new Error("Ben is not in the fake team");
  const presence = { id: "available", name: "Available", colour: "green", do_not_disturb: true } as const;
  fake.emit({ kind: "agent", data: { ...ben, presence } });
  const row = page.getByRole("button", { name: /^Ben Ortiz/ });
  await expect(row).toContainText("Do not disturb");
  fake.emit({ kind: "agent", data: { ...ben, presence: { ...presence, do_not_disturb: false } } });
  await expect(row).not.toContainText("Do not disturb");
});

test("a click on a colleague among the contacts answers what rings there", async ({ page, fake, address }) => {
  await page.goto(address);
  await start(page);
  await page.getByRole("link", { name: "Contacts" }).click();
  const ben = people().find(({ name }) => name === "Ben Ortiz");
  if (!ben?.agent) throw new Error("Ben is not among the fake people");
  const row = page.getByRole("listitem").filter({ hasText: "Ben Ortiz" });
  await expect(row.getByRole("button", { name: "Call Ben Ortiz" })).toBeVisible();
  fake.emit({ kind: "person", data: { ...ben, rings: true } });
  await expect(row).toContainText("Rings: pick up");
  await shot(page, "contacts-pick-up");
  await row.getByRole("button", { name: "Answer the call that rings at Ben Ortiz" }).click();
  await expect.poll(() => fake.requests.some(({ route }) => route === `POST /agents/${ben.agent}/pick-up`)).toBe(true);
  fake.emit({ kind: "person", data: ben });
  await expect(row.getByRole("button", { name: "Call Ben Ortiz" })).toBeVisible();
});
