import type { Page } from "@playwright/test";
import { toneFile } from "./wav.ts";
import { expect, signIn, test } from "./world.ts";

/** How a voice comes is kept on the server: whoever signs in as Bob afterwards would be called there. */
test.use({ company: "profile" });

test("my profile: a picture that colleagues see, a greeting from a file, how the voice comes", async ({
  site,
  chrome,
}) => {
  const page = await (await chrome()).newPage();
  await signIn(page, site, "bob");
  await page.goto(`${site.ready.http}/settings/own`);
  const choose = async (button: string, file: { name: string; mimeType: string; buffer: Buffer }) => {
    const asked = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: button }).click();
    await (await asked).setFiles(file);
  };
  await choose("Choose a picture", { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await expect(page.getByText("This file is no picture that the browser can read.")).toBeVisible();
  await choose("Choose a picture", { name: "me.webp", mimeType: "image/webp", buffer: await webp(page) });
  await expect(page.locator(".own-image img")).toHaveJSProperty("naturalWidth", 160);
  await page.getByText("A file or recording").click();
  await choose("Choose a file", { name: "away.wav", mimeType: "audio/wav", buffer: toneFile(440) });
  await expect(page.locator("audio")).toBeVisible();
  await page.getByLabel("Language").selectOption({ label: "French" });
  await page.getByRole("button", { name: "Save" }).first().click();
  await page.getByLabel("My voice comes by").selectOption({ label: "Call me" });
  await page.getByLabel("Number or extension").fill("202 555 0123");
  const kept = page.waitForResponse("**/api/station/voice/default");
  await page.getByRole("form", { name: "How your voice comes" }).getByRole("button", { name: "Save" }).click();
  expect((await kept).status()).toBe(204);
  await page.reload();
  await expect(page.locator("audio")).toBeVisible();
  await expect(page.getByLabel("My voice comes by")).toHaveValue("call_me");

  const ann = await (await chrome()).newPage();
  await signIn(ann, site, "ann");
  await ann.goto(`${site.ready.http}/contacts`);
  await expect(ann.locator(".contact-row img").first()).toHaveJSProperty("naturalWidth", 160);
});

/** webp makes a picture in the browser. */
const webp = async (page: Page) =>
  Buffer.from(
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(300, 200);
      canvas.getContext("2d")?.fillRect(0, 0, 300, 200);
      return [...new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp" })).arrayBuffer())];
    }),
  );
