import { expect, shot, test } from "./desk.ts";
import { ago } from "./fake/data.ts";
import { agents } from "./fake/live.ts";

test.use({ viewport: { width: 1440, height: 900 } });

test("lists agents with extension, voicemail, strategy, device and status, and tells AI from people", async ({
  page,
  fake,
  address,
}) => {
  fake.role = "admin";
  const ben = fake.records.fieldsOf("agents", "agent-2");
  const fields = { ...ben, voicemail: false, ring_strategy: "simultaneous", preferred_device: "desk_phone" };
  fake.records.put("agents", { id: "agent-2", fields });
  fake.records.put("agents", { id: "agent-9", fields: { ...ben, user: "user-1", extension: "109", ai: true } });
  await page.goto(`${address}/settings/company/agents`);
  const row = page.getByRole("row", { name: "102" });
  await expect(row).toContainText("Ben Ortiz");
  for (const said of ["no", "All at once", "Desk phone", "On a call"]) await expect(row).toContainText(said);
  await expect(row.getByRole("img", { name: "Person" })).toBeVisible();
  await expect(page.getByRole("row", { name: "109" }).getByRole("img", { name: "AI agent" })).toBeVisible();
  const second = agents()[1] as ReturnType<typeof agents>[number];
  const { call: _, ...idle } = second;
  fake.emit({ kind: "agent", data: { ...idle, status: "wrap_up", since: ago(1) } });
  await expect(row).toContainText("Wrap-up");
  await shot(page, "console-agents-list");
});

/** AG-3, AG-7: an administrator gives an agent a picture, and takes it away. */
test("an administrator changes the picture of an agent", async ({ page, fake, address }) => {
  fake.role = "admin";
  await page.goto(`${address}/settings/company/agents?id=agent-2`);
  const record = page.getByRole("region", { name: "Ben Ortiz" });
  const asked = page.waitForEvent("filechooser");
  await record.getByRole("button", { name: "Choose a picture" }).click();
  const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
  await (await asked).setFiles([{ name: "ben.png", mimeType: "image/png", buffer: Buffer.from(dot, "base64") }]);
  const routes = () => fake.requests.map(({ route }) => route);
  await expect.poll(routes).toContain("PUT /agents/agent-2/image");
  const ben = agents()[1] as ReturnType<typeof agents>[number];
  fake.emit({ kind: "agent", data: { ...ben, image: `data:image/png;base64,${dot}` } });
  await expect(record.locator("img.avatar")).toBeVisible();
  await shot(page, "console-agent-picture");
  await record.getByRole("button", { name: "Remove" }).click();
  await expect.poll(routes).toContain("DELETE /agents/agent-2/image");
});
