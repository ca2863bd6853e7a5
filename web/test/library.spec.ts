import { expect, shot, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });
test.beforeEach(({ fake, page }) => {
  fake.role = "admin";
  page.setDefaultTimeout(10_000);
});

/** AU-1: a file of the library is not made without a sound; an address that asks for it shows the list. */
test("an address that asks for a new file shows the library", async ({ page, fake, address }) => {
  fake.records.put("audio", { id: "audio-1", fields: { filename: "welcome.wav" } });
  fake.records.put("presences", { id: "lunch", fields: { name: "Lunch" } });
  for (const [plural, first] of Object.entries({ audio: "welcome.wav", presences: "Lunch" })) {
    await page.goto(`${address}/settings/company/${plural}?make=true`);
    await expect(page.getByRole("row", { name: first })).toBeVisible();
    await expect(page.getByRole("region", { name: /^New / })).toBeHidden();
  }
  await page.goto(`${address}/settings/company/groups?make=true`);
  await expect(page.getByRole("region", { name: "New group" })).toBeVisible();
});

/** AU-1: what is wrong with a file stays on the page, and a file that was mended is taken under the name it had. */
test("a broken file is told of on the page until others are chosen", async ({ page, fake, address }) => {
  await page.goto(`${address}/settings/company/audio`);
  const wav = { name: `${"w".repeat(80)}.wav`, mimeType: "audio/wav", buffer: Buffer.from("no sound") };
  const choose = async () => {
    const asked = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Upload" }).click();
    await (await asked).setFiles([wav]);
  };
  fake.refusals.set("POST /audio", "Unusable sound file: it is not WAV, MP3 or Ogg Opus.");
  await choose();
  const refused = page.getByRole("list", { name: "Files that were not taken" });
  await expect(refused.getByRole("alert")).toContainText("it is not WAV");
  await expect(refused.getByRole("alert")).toContainText(wav.name);
  await page.setViewportSize({ width: 360, height: 740 });
  await shot(page, "audio-refused-360");
  expect(await page.locator('input[type="file"]').evaluate((one: HTMLInputElement) => one.files?.length)).toBe(0);
  fake.refusals.delete("POST /audio");
  await choose();
  await expect(refused).toBeHidden();
  await expect(page.getByRole("row", { name: wav.name })).toBeVisible();
});
