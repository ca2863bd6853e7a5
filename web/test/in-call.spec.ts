import type { Page } from "@playwright/test";
import type { Lead, Person } from "../src/api/types.ts";
import type { CallLine, Destination } from "../src/live/transfer.ts";
import { expect, shot, start, test } from "./desk.ts";
import { ann, ben, consult, destinations, elena, talk } from "./fake/in-call.ts";
import { line } from "./fake/live.ts";
import type { Fake } from "./fake/server.ts";
import { views } from "./views.ts";

test.beforeEach(({ page }) => page.setDefaultTimeout(10_000));

const commands = (fake: Fake) =>
  fake.requests.filter(({ route }) => route.startsWith("POST /calls/")).map(({ route }) => route.slice("POST ".length));

const bodyOf = (fake: Fake, route: string) => fake.requests.findLast((one) => one.route === route)?.body;

async function inCall(page: Page, fake: Fake, address: string, lines: CallLine[] = [talk()]): Promise<void> {
  await page.goto(address);
  if ((page.viewportSize()?.width ?? 0) < 1000) await button(page, "Phone").click();
  await start(page);
  fake.change({ status: "on_call", lines });
  await expect(page.getByRole("region", { name: "Line 1" })).toBeVisible();
}

const eve: Lead = {
  id: "lead-1",
  name: "Eve Bell",
  first_name: "Eve",
  last_name: "Bell",
  list: "list-1",
  list_name: "Fair",
  campaign: "campaign-1",
  campaign_name: "Spring",
  phones: [{ number: "+12025550147" }],
  data: {},
  status: "new",
  attempts: 0,
  created_at: "2026-11-20T09:00:00Z",
};
const dan: Lead = { ...eve, id: "lead-2", name: "Dan Moss", status: "dnc" };

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });

for (const view of views) {
  test.describe(view.name, () => {
    test.use({ viewport: view.size, colorScheme: view.scheme });

    test("a call is transferred with notes to whom is picked", async ({ page, fake, address }) => {
      await inCall(page, fake, address);
      await button(page, /^Transfer/).click();
      const dialog = page.getByRole("dialog", { name: "Transfer the call" });
      await expect(dialog.getByRole("radio", { name: /Ben Ortiz.*on a call/ })).toBeDisabled();
      await expect(dialog.getByRole("radio", { name: /Chloe Ward.*Lunch/ })).toBeDisabled();
      await expect(button(page, "Transfer").last()).toBeDisabled();
      await shot(page, `transfer-agents-${view.name}`);

      fake.emit({ kind: "person", data: { ...benHimself, status: "available" } });
      await dialog.getByRole("radio", { name: /Ben Ortiz/ }).check();
      await dialog.getByLabel("Notes for the receiver").fill("Wants to return the order.");
      await shot(page, `transfer-picked-${view.name}`);
      fake.refusals.set("POST /calls/call-live/transfer", "Ben is in another call.");
      await dialog.getByRole("button", { name: "Transfer" }).click();
      await expect(dialog.getByRole("alert")).toHaveText("Ben is in another call.");
      fake.refusals.clear();
      await dialog.getByRole("button", { name: "Transfer" }).click();
      await expect(dialog).toBeHidden();
      expect(bodyOf(fake, "POST /calls/call-live/transfer")).toEqual({
        to: { kind: "agent", target: "agent-2" },
        notes: "Wants to return the order.",
      });
      // What the server has not said is not shown: the line stands as it was.
      await expect(page.getByRole("region", { name: "Line 1" })).toContainText("Connected");
      fake.change({ lines: [talk({ transfer: { ...cold, state: "ringing" } })] });
      await expect(page.getByText("Transferring to Ben Ortiz …")).toBeVisible();
      await expect(button(page, /^Transfer/)).toBeHidden();
    });

    test("consulting, with swap, merge, complete and cancel", async ({ page, fake, address }) => {
      await inCall(page, fake, address, consult("dialling"));
      const one = page.getByRole("region", { name: "Line 1" });
      const two = page.getByRole("region", { name: "Line 2" });
      await expect(one).toContainText("On hold");
      await expect(two).toContainText("Dialling");
      await expect(button(page, /^Cancel:/)).toBeVisible();
      await expect(button(page, /^Merge/)).toBeHidden();
      await shot(page, `consult-ringing-${view.name}`);

      fake.change({ lines: consult("active") });
      await expect(two).toContainText("Connected");
      await page.keyboard.press("h"); // there is nothing to hold beside the line that is held
      await shot(page, `consult-talking-${view.name}`);
      await button(page, /^Swap:/).focus();
      await page.keyboard.press("Enter");
      await expect.poll(() => commands(fake)).toEqual(["/calls/call-live/consult/swap"]);
      await expect(two).toContainText("Connected"); // until the server says otherwise

      fake.change({ lines: consult("held") });
      await expect(one).toContainText("Connected");
      await expect(two).toContainText("On hold");
      await page.keyboard.press("Tab");
      await expect(button(page, /^Merge/)).toBeFocused();
      await page.keyboard.press("Enter");
      await expect.poll(() => commands(fake).at(-1)).toBe("/calls/call-live/consult/merge");
      await expect(button(page, /^Merge/)).toHaveAttribute("aria-busy", "false");
      await page.keyboard.press("Tab");
      await expect(button(page, /^Complete:/)).toBeFocused();
      await page.keyboard.press("Enter");
      await expect.poll(() => commands(fake).at(-1)).toBe("/calls/call-live/consult/complete");
      await expect(button(page, /^Complete:/)).toHaveAttribute("aria-busy", "false");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await expect.poll(() => commands(fake).at(-1)).toBe("/calls/call-live/consult/cancel");
      await expect(button(page, /^Cancel:/)).toHaveAttribute("aria-busy", "false");
      await two.getByRole("button", { name: "Talk to Ben Ortiz" }).click();
      await expect.poll(() => commands(fake).at(-1)).toBe("/calls/call-live/consult/swap");
      await expect(button(page, /^Swap:/)).toHaveAttribute("aria-busy", "false");
      await two.getByRole("button", { name: "Hang up on Ben Ortiz" }).click();
      await expect.poll(() => commands(fake).at(-1)).toBe("/calls/call-live/consult/cancel");
      expect(commands(fake).length).toBe(6);
    });

    test("waiting in a queue for the caller, and going through a menu by its keys", async ({ page, fake, address }) => {
      await inCall(page, fake, address);
      await button(page, "Warm transfer").click();
      const dialog = page.getByRole("dialog", { name: "Warm transfer" });
      await dialog.getByRole("radio", { name: "Queue", exact: true }).check();
      await expect(dialog.getByText("You wait in the queue on line 2.")).toBeVisible();
      await dialog.getByRole("radio", { name: "Support" }).check();
      await dialog.getByLabel("Notes for the receiver").fill("Wants a refund.");
      await shot(page, `consult-queue-picker-${view.name}`);
      await dialog.getByRole("button", { name: "Consult" }).click();
      await expect(dialog).toBeHidden();
      expect(bodyOf(fake, "POST /calls/call-live/consult")).toEqual({
        to: { kind: "queue", target: "queue-2" },
        notes: "Wants a refund.",
      });

      fake.change({ lines: through("queue", { kind: "queue", target: "queue-2" }, "Support") });
      await expect(page.getByText("Line 2 waits in the queue Support.")).toBeVisible();
      const two = page.getByRole("region", { name: "Line 2" });
      await expect(two).toContainText("Waiting in Support");
      await expect(two).not.toContainText("Dialling");
      await expect(button(page, "Complete: leave the caller waiting there, in this place")).toBeVisible();
      await expect(button(page, /^Merge/)).toBeHidden();
      await expect(button(page, "5")).toBeHidden();
      await shot(page, `consult-queue-${view.name}`);

      fake.change({ lines: through("menu", { kind: "menu", target: "menu-1" }, "Welcome") });
      await expect(page.getByText("Line 2 is in the menu Welcome.")).toBeVisible();
      await expect(two).toContainText("In the menu Welcome");
      await expect(button(page, "5")).toBeVisible();
      await shot(page, `consult-menu-${view.name}`);
      await button(page, "Complete: leave the caller in the menu").click();
      await expect.poll(() => commands(fake).at(-1)).toBe("/calls/call-live/consult/complete");
    });

    test("an announcement of the queue is played to both sides and stopped", async ({ page, fake, address }) => {
      await inCall(page, fake, address);
      await expect(button(page, "Options")).toBeHidden(); // the queue allows none
      const announcements = [
        { audio: "terms", name: "Terms of sale" },
        { audio: "hours", name: "Opening hours" },
      ];
      fake.change({ lines: [talk({ announcements })] });
      await button(page, "Options").click();
      await expect(page.getByRole("menuitem")).toHaveText([
        "Play announcement: Terms of sale",
        "Play announcement: Opening hours",
      ]);
      await shot(page, `announcements-${view.name}`);
      fake.refusals.set("POST /calls/call-live/announcement", "Take the other one off hold first.");
      await page.getByRole("menuitem", { name: /Terms of sale/ }).click();
      await expect(page.getByRole("alert")).toHaveText("Take the other one off hold first.");
      fake.refusals.clear();
      await button(page, "Options").click();
      await page.getByRole("menuitem", { name: /Terms of sale/ }).click();
      await expect(page.getByRole("alert")).toBeHidden();
      expect(bodyOf(fake, "POST /calls/call-live/announcement")).toEqual({ audio: "terms" });

      fake.change({ lines: [talk({ announcements, announcement: "Terms of sale" })] });
      await expect(page.getByText("Both sides hear “Terms of sale”.")).toBeVisible();
      await expect(button(page, "Options")).toBeHidden();
      await shot(page, `announcement-${view.name}`);
      await button(page, "Stop").click();
      await expect.poll(() => commands(fake).at(-1)).toBe("/calls/call-live/announcement/stop");
    });

    test("a tag is put on the call from the top right of it, and taken off again", async ({ page, fake, address }) => {
      await inCall(page, fake, address);
      const line = page.getByRole("region", { name: "Line 1" });
      const key = line.getByRole("button", { name: "Tag", exact: true });
      await expect(key).toHaveAttribute("aria-expanded", "false");
      await expect(line.getByRole("button", { name: "Add a tag" })).toBeHidden();
      await key.click();
      await line.getByRole("button", { name: "Add a tag" }).click();
      const form = line.getByRole("form", { name: "Add a tag" });
      await form.getByLabel("Tag", { exact: true }).fill("Complaint");
      await shot(page, `tagging-${view.name}`);
      await form.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("Complaint is put on.")).toBeVisible();
      await expect(line.getByRole("listitem").last()).toHaveText("Complaint");
      expect(bodyOf(fake, "PUT /calls/call-live/tags/Complaint")).toEqual({});
      await line.getByRole("button", { name: "Take off Complaint" }).click();
      await expect(page.getByText("Complaint is taken off.")).toBeVisible();
      await expect(line.getByText("Complaint", { exact: true })).toBeHidden();
      await key.click();
      await expect(line.getByRole("button", { name: "Add a tag" })).toBeHidden();
    });

    test("what line 2 says changes neither the customer nor the recording", async ({ page, fake, address }) => {
      await inCall(page, fake, address, [talk({ recording: "on" })]);
      const record = page.getByRole("button", { name: "Pause recording" });
      await expect(record).toBeVisible();
      const recorded = (two: "active" | "held") =>
        consult(two).map((one) => (one.line === 1 ? { ...one, recording: "on" as const } : one));
      fake.change({ lines: recorded("active") });
      await expect(page.getByRole("region", { name: "Line 2" })).toContainText("Connected");
      await expect(record).toBeVisible();
      fake.change({ lines: recorded("held") });
      await expect(page.getByRole("region", { name: "Line 1" })).toContainText("Connected");
      await page.keyboard.press("k");
      await expect(button(page, "5")).toBeVisible(); // a notice would have come by now
      expect(await page.getByText("Recording has stopped by itself.").count()).toBe(0);
      expect(fake.requests.filter(({ route }) => route === "GET /customers")).toEqual([]); // nobody looks for Ben
    });

    test("a target that failed is told with the reason", async ({ page, fake, address }) => {
      const failed = { ...cold, warm: true, state: "failed", why: "Ben is in another call." } as const;
      await inCall(page, fake, address, [talk({ transfer: failed })]);
      await expect(page.getByRole("alert").filter({ hasText: "Ben Ortiz has not taken the call." })).toContainText(
        "Ben is in another call.",
      );
      await expect(button(page, /^Transfer/)).toBeEnabled();
      await shot(page, `transfer-failed-${view.name}`);
    });

    test("participants are held, muted and removed one by one", async ({ page, fake, address }) => {
      await inCall(page, fake, address, [
        talk({ parties: [ann, { ...elena, held: true }, { ...ben, talking: true }] }),
      ]);
      const parties = page.getByRole("region", { name: "Participants" });
      await expect(parties.getByRole("listitem").filter({ hasText: "Elena Petrova" })).toContainText(
        "Customer · On hold",
      );
      await expect(
        parties.getByRole("listitem").filter({ hasText: "Ann Lindgren (you)" }).getByRole("button"),
      ).toHaveCount(0);
      await expect(parties.getByRole("listitem").last()).toContainText("Agent · Talking");
      await parties.getByRole("listitem").last().scrollIntoViewIfNeeded();
      await shot(page, `participants-${view.name}`);
      await parties.getByRole("button", { name: "Resume Elena Petrova" }).click();
      await parties.getByRole("button", { name: "Mute Ben Ortiz" }).click();
      await parties.getByRole("button", { name: "Remove Ben Ortiz" }).click();
      await expect
        .poll(() => commands(fake))
        .toEqual([
          "/calls/call-live/parties/party-2/resume",
          "/calls/call-live/parties/party-3/mute",
          "/calls/call-live/parties/party-3/remove",
        ]);
      await expect(parties.getByRole("button", { name: "Resume Elena Petrova" })).toBeVisible();
      await expect(button(page, "Warm transfer")).toBeHidden();
      await button(page, "Conference").click();
      await expect(page.getByRole("dialog", { name: "Call somebody in" })).toBeVisible();
    });

    test("hanging up on two others asks to leave or to end for all", async ({ page, fake, address }) => {
      await inCall(page, fake, address, [talk({ parties: [ann, elena, ben] })]);
      const hangUp = page.getByRole("region", { name: "Line 1" }).getByRole("button", { name: "Hang up" });
      await hangUp.click();
      const dialog = page.getByRole("dialog", { name: "How do you leave this call?" });
      const parties = page.getByRole("region", { name: "Participants" });
      await expect(dialog.getByRole("listitem")).toHaveText(["Elena Petrova", "Ben Ortiz"]);
      await shot(page, `leave-${view.name}`);
      await dialog.getByRole("button", { name: "Stay in the call" }).click();
      await expect(dialog).toBeHidden();
      expect(commands(fake)).toEqual([]);

      await hangUp.click();
      fake.refusals.set("POST /calls/call-live/hangup", "You may not leave outside parties alone.");
      await dialog.getByRole("button", { name: "Leave" }).click();
      await expect(dialog.getByRole("alert")).toHaveText("You may not leave outside parties alone.");
      await dialog.getByRole("button", { name: "End for all" }).click();
      await expect.poll(() => commands(fake)).toEqual(["/calls/call-live/hangup", "/calls/call-live/end"]);
      await expect(dialog).toBeHidden();
      fake.refusals.clear();

      fake.change({ lines: [talk({ parties: [ann, elena, { ...ben, kind: "external" }] })] });
      await hangUp.click();
      await expect(dialog.getByText("Nobody of your company stays with them.")).toBeVisible();
      await dialog.getByRole("button", { name: "Leave" }).click();
      await expect(dialog).toBeHidden();
      expect(fake.requests.findLast(({ route }) => route.endsWith("/hangup"))?.query).toBe("sure=true");

      fake.change({ lines: [talk({ parties: [ann, elena] })] });
      await expect(parties.getByRole("button", { name: "Participants 2" })).toBeVisible();
      await hangUp.click();
      await expect.poll(() => commands(fake).length).toBe(4);
      await expect(dialog).toBeHidden();
    });

    test("the ring card says who transfers, and the notes", async ({ page, fake, address }) => {
      await page.goto(address);
      const notes = "Wants to return order 4711.\nHas the receipt.";
      const ringing: CallLine = { ...line(), transferred_by: "Ben Ortiz", notes };
      fake.change({ lines: [ringing] });
      const card = page.getByRole("alertdialog");
      await expect(card).toContainText("Transferred by Ben Ortiz");
      await expect(card).toContainText("Wants to return order 4711.");
      await shot(page, `ring-transferred-${view.name}`);
    });
  });
}

/** through is a consultation whose line 2 is in a queue or a menu: nobody is there yet. */
const through = (where: "queue" | "menu", to: Destination, name: string): CallLine[] =>
  consult("dialling").map((one) => {
    if (one.line === 2) return { ...one, name, number: "" };
    const parties = [ann, { ...elena, held: true }];
    return { ...one, parties, transfer: { warm: true, to, name, state: "ringing", since: one.since, in: where } };
  });

const cold = {
  warm: false,
  to: { kind: "agent", target: "agent-2" },
  name: "Ben Ortiz",
  since: "2026-03-02T09:14:00Z",
} as const;

const benHimself: Person = {
  user: "user-2",
  agent: "agent-2",
  name: "Ben Ortiz",
  extension: "102",
  presence: { id: "available", name: "Available", colour: "green" },
};

test.describe("the picker", () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test("leads to queues, menus, mailboxes, contacts and numbers, each by its way", async ({ page, fake, address }) => {
    fake.records.put("contacts", {
      id: "c1",
      fields: { name: "Tom Okafor", company: "Acme", numbers: ["+442079460958"] },
    });
    fake.records.put("contacts", { id: "c2", fields: { name: "Uma Nair" } });
    await inCall(page, fake, address);
    await page.keyboard.press("t");
    const dialog = page.getByRole("dialog", { name: "Transfer the call" });
    const go = dialog.getByRole("button", { name: "Transfer" });
    const sent = async (kind: string, target: string) => {
      await go.click();
      await expect(dialog).toBeHidden();
      expect(bodyOf(fake, "POST /calls/call-live/transfer")).toEqual({ to: { kind, target } });
      await page.keyboard.press("t");
    };
    for (const [kind, row, id] of [
      ["Queue", "Support", "queue-2"],
      ["Menu", "Welcome", "menu-1"],
      ["Mailbox", "Sales messages", "mailbox-1"],
    ] as const) {
      await dialog.getByRole("radio", { name: kind, exact: true }).check();
      await expect(go).toBeDisabled();
      await dialog.getByRole("radio", { name: row }).check();
      await sent(kind.toLowerCase(), id);
    }
    await dialog.getByRole("radio", { name: "Contact", exact: true }).check();
    await expect(dialog.getByRole("radio", { name: /Uma Nair.*no number/ })).toBeDisabled();
    await dialog.getByLabel("Search").fill("acme tom");
    await expect(dialog.getByRole("radio", { name: /Uma Nair/ })).toBeHidden();
    await dialog.getByRole("radio", { name: /Tom Okafor/ }).check();
    await shot(page, "transfer-contacts-1440-light");
    await sent("external", "+442079460958");

    await dialog.getByRole("radio", { name: "Number", exact: true }).check();
    await dialog.getByLabel("Number or extension").fill("102");
    await expect(dialog.getByText("Ben Ortiz cannot take a call now: on a call.")).toBeVisible();
    await expect(go).toBeDisabled();
    await dialog.getByLabel("Number or extension").fill("+1 (202) 555-0180");
    await sent("external", "+12025550180");
  });

  test("offers the numbers of the pool by name, with another one typed beneath", async ({ page, fake, address }) => {
    await page.route("**/api/call-destinations", (route) =>
      route.fulfill({
        json: {
          ...destinations,
          numbers: [
            { name: "Night desk", number: "+442079460958" },
            { name: "Warehouse", number: "+32470111222" },
          ],
        },
      }),
    );
    await inCall(page, fake, address);
    await button(page, "Warm transfer").click();
    const dialog = page.getByRole("dialog", { name: "Warm transfer" });
    const go = dialog.getByRole("button", { name: "Consult" });
    await dialog.getByRole("radio", { name: "Number", exact: true }).check();
    await expect(go).toBeDisabled();
    await dialog.getByRole("radio", { name: /Warehouse/ }).check();
    await expect(dialog.getByLabel("Other number or extension")).toHaveValue("+32470111222");
    await expect(go).toBeEnabled();
    await shot(page, "transfer-numbers-1440-light");
    await dialog.getByLabel("Other number or extension").fill("+1 (202) 555-0180");
    await expect(dialog.getByRole("radio", { name: /Warehouse/ })).not.toBeChecked();
    await dialog.getByRole("radio", { name: /Night desk/ }).check();
    await expect(go).toBeEnabled();
    await go.click();
    await expect(dialog).toBeHidden();
    expect(bodyOf(fake, "POST /calls/call-live/consult")).toEqual({
      to: { kind: "external", target: "+442079460958" },
    });
  });

  test("converts a call to a lead that is found by number, and says for whom it counts", async ({
    page,
    fake,
    address,
  }) => {
    const asked: string[] = [];
    await page.route("**/api/campaigns", (route) =>
      route.fulfill({
        json: [
          { id: "campaign-1", name: "Spring" },
          { id: "campaign-2", name: "Autumn" },
        ],
      }),
    );
    await page.route("**/api/leads?*", (route) => {
      const query = new URL(route.request().url()).searchParams;
      asked.push(`${query.get("phone")} ${query.get("campaign") ?? "all"}`);
      return route.fulfill({ json: query.get("campaign") === "campaign-2" ? [] : [eve, dan] });
    });
    await inCall(page, fake, address);
    await button(page, /^Transfer/).click();
    const dialog = page.getByRole("dialog", { name: "Transfer the call" });
    await dialog.getByRole("radio", { name: "Convert to outbound" }).check();
    await expect(dialog.getByLabel("Number of the lead")).toHaveValue(talk().number);
    await expect(dialog.getByRole("radio", { name: /Dan Moss.*do not call/ })).toBeDisabled();
    const go = dialog.getByRole("button", { name: "Convert" });
    await expect(go).toBeDisabled();
    await dialog.getByLabel("Campaign").selectOption("Autumn");
    await expect(dialog.getByText("No lead has this number.")).toBeVisible();
    await dialog.getByLabel("Campaign").selectOption("Spring");
    await dialog.getByRole("radio", { name: /Eve Bell.*Spring.*Fair/ }).check();
    await shot(page, "convert-1440-light");
    fake.refusals.set("POST /calls/call-live/convert", "The call counts for Eve Bell already.");
    await go.click();
    await expect(dialog.getByRole("alert")).toHaveText("The call counts for Eve Bell already.");
    fake.refusals.clear();
    await go.click();
    await expect(dialog).toBeHidden();
    expect(bodyOf(fake, "POST /calls/call-live/convert")).toEqual({ lead_id: "lead-1" });
    expect(asked).toEqual([`${talk().number} all`, `${talk().number} campaign-2`, `${talk().number} campaign-1`]);
    fake.change({ lines: [talk({ lead: { id: "lead-1", name: "Eve Bell", campaign_name: "Spring" } })] });
    await expect(page.getByText("Counts for Eve Bell, campaign Spring")).toBeVisible();
    await button(page, "Options").click();
    await page.getByRole("menuitem", { name: "Convert to outbound" }).click();
    await expect(dialog.getByRole("radio", { name: "Convert to outbound" })).toBeChecked();
    await expect(dialog.getByLabel("Number of the lead")).toBeVisible();
  });

  test("checks a typed number as the dial pad does", async ({ page, fake, address }) => {
    const why = "the class of service Standard allows no calls to this country";
    await page.route("**/api/dialing/check?*", (route) =>
      route.fulfill({ json: { number: "+442079460958", allowed: false, rule: "country_blocked", why } }),
    );
    await inCall(page, fake, address);
    await button(page, "Warm transfer").click();
    const dialog = page.getByRole("dialog", { name: "Warm transfer" });
    await expect(dialog.getByRole("radio", { name: "Mailbox" })).toBeHidden();
    await dialog.getByRole("radio", { name: "Number", exact: true }).check();
    await dialog.getByLabel("Number or extension").fill("+44 20 7946 0958");
    await expect(dialog.getByText(why)).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Consult" })).toBeDisabled();
    await shot(page, "warm-blocked-1440-light");
    expect(commands(fake)).toEqual([]);
  });

  test("shuts when the call ends, and stays shut where nobody can be transferred", async ({ page, fake, address }) => {
    await inCall(page, fake, address);
    await button(page, "Conference").click();
    const dialog = page.getByRole("dialog", { name: "Call somebody in" });
    await expect(dialog).toBeVisible();
    fake.change({ lines: [] });
    await expect(dialog).toBeHidden();
    fake.change({ lines: [talk({ emergency: true })] });
    await expect(page.getByRole("region", { name: "Line 1" })).toContainText("Connected");
    await page.keyboard.press("t");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(button(page, "Conference")).toBeHidden();
  });
});
