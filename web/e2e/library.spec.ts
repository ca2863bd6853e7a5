import { Fresh } from "./fresh.ts";
import { expect, screen, test } from "./world.ts";

test.setTimeout(90_000);

/** wav is a second of a 440 Hz tone as a file: 16-bit samples, 8 kHz, one channel. */
function wav(): Buffer {
  const file = Buffer.alloc(44 + 16_000);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + 16_000, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(8000, 24);
  file.writeUInt32LE(16_000, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(16_000, 40);
  for (let n = 0; n < 8000; n++)
    file.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 440 * n) / 8000)), 44 + 2 * n);
  return file;
}

test("an administrator fills the audio library and invites a user, who signs in", async ({ chrome }) => {
  const site = await Fresh.start();
  try {
    const page = await (await chrome()).newPage();
    await page.goto(site.address);
    for (const [name, value] of [
      ["Code from the console", site.code],
      ["Organisation", "Lamp & Co"],
      ["Your name", "Ada Admin"],
      ["E-mail", "ada@lamp.example"],
      ["Password", "a long password"],
    ] as const)
      await page.getByRole("textbox", { name }).fill(value);
    await page.getByRole("button", { name: "Create and sign in" }).click();
    await expect(page.getByRole("heading", { name: "First steps" })).toBeVisible();

    await page.goto(`${site.address}/settings/company/audio`);
    const upload = page.locator('input[type="file"]');
    await upload.setInputFiles([
      { name: "welcome.wav", mimeType: "audio/wav", buffer: wav() },
      { name: "broken.wav", mimeType: "audio/wav", buffer: Buffer.from("RIFF and nothing more") },
    ]);
    await expect(page.getByText("it is not WAV, MP3 or Ogg Opus")).toBeVisible();
    await page.getByRole("link", { name: "welcome.wav" }).click();
    const sound = page.locator("audio");
    await sound.evaluate((player: HTMLAudioElement) => player.load());
    await expect.poll(() => sound.evaluate((player: HTMLAudioElement) => player.duration)).toBeCloseTo(1, 1);
    await screen(page, "real-console-audio-1440");

    await page.goto(`${site.address}/settings/company/users?make=true`);
    await page.getByRole("textbox", { name: "E-mail" }).fill("ben@lamp.example");
    await page.getByRole("textbox", { name: "First name" }).fill("Ben");
    await page.getByRole("combobox", { name: "Role" }).click();
    await page.getByRole("option", { name: "Agent", exact: true }).click();
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Send welcome e-mail" }).click();
    const link = await page.getByRole("textbox", { name: "Link" }).inputValue();

    const guest = await (await chrome()).newPage();
    await guest.goto(link);
    await guest.getByRole("textbox", { name: "Password" }).fill("Ben's own password");
    await guest.getByRole("button", { name: "Set password" }).click();
    await guest.getByRole("link", { name: "Sign in" }).click();
    await guest.getByRole("textbox", { name: "E-mail" }).fill("ben@lamp.example");
    await guest.getByRole("textbox", { name: "Password" }).fill("Ben's own password");
    await guest.getByRole("button", { name: "Sign in" }).click();
    await expect(guest.getByRole("button", { name: /Ben/ }).first()).toBeVisible();
  } finally {
    await site.stop();
  }
});
