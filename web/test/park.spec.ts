import { expect, shot, start, test } from "./desk.ts";
import { talk } from "./fake/in-call.ts";
import { line } from "./fake/live.ts";

test("a call is parked, the line says in which slot, and a parked call is taken from the list", async ({
  page,
  fake,
  address,
}) => {
  await page.goto(address);
  await start(page);
  fake.change({ status: "on_call", lines: [talk()] });
  const line1 = page.getByRole("region", { name: "Line 1" });
  await expect(line1).toBeVisible();
  await page.getByRole("button", { name: /^Park the call in a slot/ }).click();
  await expect.poll(() => fake.requests.some(({ route }) => route === "POST /calls/call-live/park")).toBe(true);
  const parked = {
    ...talk(),
    state: "ended" as const,
    since: new Date(Date.now() + 60_000).toISOString(),
    parked_in: "701",
  };
  fake.change({ status: "available", lines: [parked] });
  await expect(line1.getByRole("status")).toHaveText("Parked in slot 701");
  await expect(line1.getByText("Parked", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Transfer" })).toBeHidden();

  fake.change({ status: "available", lines: [] });
  const since = new Date().toISOString();
  const one = { slot: "702", call: "c2", number: "+3225550199", name: "Olivier Maes", by: "Ben Ortiz", since };
  fake.emit({ kind: "parked", data: one });
  fake.emit({ kind: "parked", data: { ...one, slot: "701", call: "c1", name: "Elena Petrova", returning: true } });
  const list = page.getByRole("region", { name: "Parked calls" });
  await expect(list.getByRole("listitem")).toHaveText([
    /701.*Elena Petrova.*Rings at Ben Ortiz again/,
    /702.*Olivier Maes.*Parked by Ben Ortiz/,
  ]);
  await shot(page, "parked");
  await list.getByRole("button", { name: "Take the parked call of Olivier Maes" }).click();
  await expect.poll(() => fake.requests.some(({ route }) => route === "POST /parked/702/take")).toBe(true);
  fake.emit({ kind: "parked.gone", data: { slot: "702" } });
  await expect(list.getByRole("listitem")).toHaveCount(1);
  fake.refusals.set("POST /parked/701/take", "Somebody else is taking this parked call.");
  await list.getByRole("button", { name: "Take the parked call of Elena Petrova" }).click();
  await expect(page.getByText("Somebody else is taking this parked call.")).toBeVisible();
  fake.emit({ kind: "parked.gone", data: { slot: "701" } });
  await expect(list).toBeHidden();

  fake.change({ lines: [line({ call: "c1", state: "incoming", offer: "o1", parked_in: "701" })] });
  await expect(page.getByText("The call parked in slot 701 returns")).toBeVisible();
});
