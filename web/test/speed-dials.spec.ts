import { expect, shot, start, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });
test.beforeEach(({ page }) => page.setDefaultTimeout(15_000));

/** BX-32: numbers that are dialled by two digits. */
test("own speed dials get the next free digits, are changed and removed", async ({ page, fake, address }) => {
  fake.own.fields.speed_dials = [{ speed_code: "02", speed_label: "Reception", speed_to: "202" }];
  await page.goto(`${address}/settings/own`);
  const part = page.getByRole("group", { name: "Speed dials" });
  await expect(part.getByLabel("Digits of speed dial 1")).toHaveValue("02");
  await part.getByRole("button", { name: "Add a speed dial" }).click();
  await expect(part.getByLabel("Digits of speed dial 2")).toHaveValue("01");
  await part.getByLabel("Label of speed dial 2").fill("Elena");
  await part.getByLabel("Number or extension of speed dial 2").fill("+32470111222");
  await part.getByRole("button", { name: "Add a speed dial" }).click();
  await expect(part.getByLabel("Digits of speed dial 3")).toHaveValue("03");
  await part.getByRole("button", { name: "Remove speed dial 3" }).click();
  await shot(page, "speed-dials");
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await expect
    .poll(() => fake.own.fields.speed_dials)
    .toEqual([
      { speed_code: "02", speed_label: "Reception", speed_to: "202" },
      { speed_code: "01", speed_label: "Elena", speed_to: "+32470111222" },
    ]);
});

test("a click on a speed dial of the dial pad calls its number", async ({ page, fake, address }) => {
  fake.own.fields.speed_dials = [
    { speed_code: "02", speed_label: "", speed_to: "202" },
    { speed_code: "01", speed_label: "Elena", speed_to: "+32470111222" },
  ];
  await page.goto(address);
  await start(page);
  const list = page.getByRole("region", { name: "Speed dials" });
  await expect(list.getByRole("button")).toHaveText([/^01Elena/, /^02202$/]);
  await shot(page, "pad-speed-dials");
  await list.getByRole("button", { name: "Elena" }).click();
  await expect
    .poll(() => fake.requests.find(({ route }) => route === "POST /calls")?.body)
    .toMatchObject({ to: "+32470111222" });
});

test("an administrator sets an agent's speed dials in the agent's form", async ({ page, fake, address }) => {
  fake.role = "admin";
  await page.goto(`${address}/settings/company/agents?id=agent-2`);
  const form = page.getByRole("region", { name: "Ben Ortiz" });
  await form.getByRole("button", { name: "Add to Speed dials" }).click();
  await form.getByLabel("Two digits").fill("07");
  await form.getByLabel("Number to dial").fill("203");
  await shot(page, "console-speed-dials");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await expect
    .poll(() => fake.records.fieldsOf("agents", "agent-2"))
    .toMatchObject({ speed_dials: [{ speed_code: "07", speed_to: "203" }] });
});
