import { expect, shot, start, test } from "./desk.ts";
import { ago } from "./fake/data.ts";
import { line } from "./fake/live.ts";

test.use({ viewport: { width: 1440, height: 900 } });

const active = () => line({ state: "active", since: ago(3), started_at: ago(9) });

test("keys answer, mute, hold and send digits, and each command carries the header", async ({
  page,
  fake,
  address,
}) => {
  await page.goto(address);
  await start(page);
  fake.emit({ kind: "ring", data: { offer: "offer-1", call: "call-live" } });
  fake.change({ lines: [line()] });
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await page.keyboard.press("a");
  await expect.poll(() => fake.requests.find(({ route }) => route === "POST /offers/offer-1/answer")?.header).toBe("1");

  fake.change({ status: "on_call", lines: [active()] });
  await expect(page.getByRole("region", { name: "Line 1" })).toBeVisible();
  await page.keyboard.press("m");
  await page.keyboard.press("h");
  const routes = () => fake.requests.map(({ route }) => route);
  await expect.poll(routes).toContain("POST /calls/call-live/mute");
  await expect.poll(routes).toContain("POST /calls/call-live/hold");
  await page.keyboard.press("k");
  await expect(page.getByRole("button", { name: "5", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "5", exact: true })).toBeHidden();
});

test("mute works while the server is lost, and the rest waits", async ({ page, fake, address }) => {
  await page.addInitScript(keepMicrophone);
  await page.goto(address);
  await start(page);
  fake.change({ status: "on_call", lines: [active()] });
  const lineOne = page.getByRole("region", { name: "Line 1" });
  const mute = lineOne.getByRole("button", { name: /^Mute/ });
  await expect(mute).toHaveAttribute("aria-pressed", "false");
  fake.cut(true);
  await expect(page.getByText("Your call goes on")).toBeVisible();
  await expect(lineOne.getByRole("button", { name: "Hang up" })).toBeDisabled();
  await expect(lineOne.getByRole("button", { name: /^Hold/ })).toBeDisabled();

  expect(await page.evaluate(microphoneOn)).toBe(true);
  await mute.click();
  expect(await page.evaluate(microphoneOn)).toBe(false);
  await expect(mute).toHaveAttribute("aria-pressed", "true");
  await expect(mute).toHaveAttribute("aria-busy", "true");
  await shot(page, "lost-in-call-1440-light");
  await page.keyboard.press("m");
  expect(await page.evaluate(microphoneOn)).toBe(true);
  await page.keyboard.press("m");
  await page.keyboard.press("h");
  expect(fake.requests.filter(({ route }) => route.startsWith("POST /calls"))).toEqual([]);

  fake.mend(); // the page comes back by itself
  const asked = () => fake.requests.map(({ route }) => route).filter((route) => route.startsWith("POST /calls"));
  await expect.poll(asked, { timeout: 20_000 }).toEqual(["POST /calls/call-live/mute"]);
  expect(await page.evaluate(microphoneOn)).toBe(false);
  fake.change({ lines: [{ ...active(), muted: true }] });
  await expect(mute).toHaveAttribute("aria-busy", "false");
  expect(await page.evaluate(microphoneOn)).toBe(false);
});

/** keepMicrophone runs before the page's script and keeps what it opens, for microphoneOn. */
function keepMicrophone(): void {
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
    Object.assign(window, { keptMicrophone: stream });
    return stream;
  };
}

const microphoneOn = () =>
  (window as unknown as { keptMicrophone: MediaStream }).keptMicrophone.getAudioTracks().some(({ enabled }) => enabled);

test("recording by hand is told in a short notice, and so is one that stops by itself", async ({
  page,
  fake,
  address,
}) => {
  await page.goto(address);
  await start(page);
  const recorded = (recording: "off" | "on") => fake.change({ lines: [{ ...active(), can_record: true, recording }] });
  recorded("off");
  await page.getByRole("button", { name: "Record this call" }).click();
  await expect.poll(() => fake.requests.map(({ route }) => route)).toContain("POST /calls/call-live/record/start");
  recorded("on");
  await expect(page.getByText("Recording has started.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause recording" })).toHaveAttribute("aria-pressed", "true");
  recorded("off");
  await expect(page.getByText("Recording has stopped by itself.")).toBeVisible();
});

for (const { name, take, title } of [
  {
    name: "an address that is not secure",
    take: () => Object.defineProperty(window, "isSecureContext", { value: false }),
    title: "This address is not secure",
  },
  {
    name: "a browser without WebRTC",
    take: () => Reflect.deleteProperty(window, "RTCPeerConnection"),
    title: "This browser cannot carry calls",
  },
]) {
  test(`${name} is told what to do at Start`, async ({ page, address }) => {
    await page.addInitScript(take);
    await page.goto(address);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await expect(page.getByText(title)).toBeVisible();
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  });
}

test("letters typed in a field stay there", async ({ page, fake, address }) => {
  await page.goto(`${address}/history`);
  fake.change({ lines: [line()] });
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await page.getByLabel("Number, name, queue").fill("");
  await page.keyboard.type("ada");
  await expect(page.getByLabel("Number, name, queue")).toHaveValue("ada");
  expect(fake.requests.filter(({ route }) => route.startsWith("POST /offers"))).toEqual([]);
});

test("a refused microphone is told in words and can be tried again", async ({ page, address }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await page.goto(address);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByText("Callers would not hear you")).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await shot(page, "microphone-refused-1440-light");
});

test("a reload takes the phone up by itself", async ({ page, fake, address }) => {
  await page.goto(address);
  await start(page);
  const tab = fake.me.station_tab;
  fake.change({ status: "on_call", lines: [active()] });
  await page.reload();
  await expect(page.getByRole("region", { name: "Line 1" })).toBeVisible();
  await expect.poll(() => fake.requests.filter(({ route }) => route === "POST /station/start").length).toBe(2);
  expect(fake.me.station_tab).toBe(tab);
  await expect(page.getByRole("button", { name: /^Voice good/ })).toBeVisible();
});

test("a second tab has its own name; the first says where the phone went", async ({ page, context, fake, address }) => {
  await page.goto(address);
  await start(page);
  const second = await context.newPage();
  await second.setViewportSize({ width: 1440, height: 900 });
  await second.goto(address);
  await second.getByRole("button", { name: "Use here" }).click();
  await expect(second.getByRole("form", { name: "Dial pad" })).toBeVisible();
  const starts = fake.requests.filter(({ route }) => route === "POST /station/start").map(({ body }) => body);
  expect(starts).toMatchObject([{ takeover: false }, { takeover: true }]);
  expect(new Set(starts.map((body) => (body as { tab: string }).tab)).size).toBe(2);
  fake.emit({ kind: "taken_over", data: { tab: "first" } });
  await expect(page.getByRole("heading", { name: "Your phone is in another tab" })).toBeVisible();
  await shot(page, "elsewhere-1440-light");
});

test("a session that ended leads to the sign-in page", async ({ page, fake, address }) => {
  await page.goto(address);
  await expect(page.getByRole("button", { name: "Start", exact: true })).toBeVisible();
  fake.signedIn = false;
  fake.cut();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("folding the phone leaves a strip of icons, and a ring unfolds it", async ({ page, fake, address }) => {
  await page.goto(address);
  await start(page);
  await page.getByRole("button", { name: "Fold the phone" }).click();
  await expect(page.getByRole("form", { name: "Dial pad" })).toBeHidden();
  await shot(page, "folded-1440-light");
  fake.change({ lines: [line()] });
  await expect(page.getByRole("alertdialog")).toBeVisible();
});
