import type { Page } from "@playwright/test";
import { expect, shot, startAt, test } from "./desk.ts";
import { talk } from "./fake/in-call.ts";
import { agents, line } from "./fake/live.ts";
import type { Fake } from "./fake/server.ts";
import { views } from "./views.ts";

const ben = { agent: "agent-2", name: "Ben Ortiz" };

/** watching is the line of a supervisor who is with Ben. */
const watching = (mode: "listen" | "coach" | "barge") => {
  const { parties: _, ...mine } = talk();
  return { ...mine, can_record: false, watches: { ...ben, mode } };
};

const bodyOf = (fake: Fake, route: string) => fake.requests.findLast((one) => one.route === route)?.body;

async function atPhone(page: Page, fake: Fake, address: string): Promise<void> {
  fake.role = "supervisor";
  await startAt(page, address);
}

for (const view of views) {
  test.describe(view.name, () => {
    test.use({ viewport: view.size, colorScheme: view.scheme });

    test("a supervisor changes the mode in a call and leaves it", async ({ page, fake, address }) => {
      await atPhone(page, fake, address);
      fake.change({ status: "on_call", lines: [watching("listen")] });
      const line = page.getByRole("region", { name: "Line 1" });
      await expect(line).toContainText("With Ben Ortiz · Nobody hears you.");
      await expect(line.getByRole("radio", { name: "Listen" })).toBeChecked();
      await expect(line.getByRole("button", { name: /^(Hold|Hang up|Mute|Keypad)/ })).toHaveCount(0);
      await expect(page.getByRole("button", { name: /^(Hold|Mute)/ })).toHaveCount(0);
      await shot(page, `watch-listen-${view.name}`);

      await line.getByText("Coach", { exact: true }).click();
      await expect.poll(() => bodyOf(fake, "PUT /calls/call-live/watch")).toEqual({ mode: "coach" });
      await expect(line.getByRole("radio", { name: "Listen" })).toBeChecked(); // until the server says otherwise
      fake.change({ lines: [watching("coach")] });
      await expect(line).toContainText("Ben Ortiz alone hears you.");
      await expect(line.getByRole("button", { name: /^Mute/ })).toBeVisible();
      fake.change({ lines: [watching("barge")] });
      await expect(line).toContainText("Everybody in the call hears you.");
      await shot(page, `watch-barge-${view.name}`);
      await line.getByRole("button", { name: "Stop" }).click();
      await expect.poll(() => fake.requests.at(-1)?.route).toBe("DELETE /calls/call-live/watch");
    });

    test("an agent sees who is there, and how", async ({ page, fake, address }) => {
      await atPhone(page, fake, address);
      fake.change({
        status: "on_call",
        lines: [talk({ watched_by: { agent: "agent-9", name: "Sam Reed", mode: "coach" } })],
      });
      const line = page.getByRole("region", { name: "Line 1" });
      await expect(line.getByText("Sam Reed coaches")).toBeVisible();
      await shot(page, `watch-mark-${view.name}`);
      fake.change({ lines: [talk()] });
      await expect(line.getByText("Sam Reed coaches")).toBeHidden();
    });
  });
}

test("the ring that a supervisor has asked for is answered by itself", async ({ page, fake, address }) => {
  await atPhone(page, fake, address);
  fake.change({ lines: [line({ offer: "offer-7", watches: { ...ben, mode: "listen" } })] });
  await expect(page.getByText("Listen to Ben Ortiz")).toBeVisible();
  await expect.poll(() => fake.requests.filter(({ route }) => route === "POST /offers/offer-7/answer").length).toBe(1);
});

test("the menus of agents offer their calls, and say who is there and why not", async ({ page, fake, address }) => {
  await atPhone(page, fake, address);
  const beside = page.getByRole("button", { name: "Supervise the call of Ben Ortiz" });
  await expect(beside).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Supervise the call of Chloe Ward" })).toHaveCount(0);
  await beside.click();
  await page.getByRole("menuitem", { name: "Coach" }).click();
  await expect.poll(() => bodyOf(fake, "POST /agents/agent-2/watch")).toEqual({ mode: "coach" });

  await page.getByRole("link", { name: "Queues" }).click();
  const menu = page.getByRole("button", { name: "What Ben Ortiz does" });
  fake.refusals.set("POST /agents/agent-2/watch", "You are in a call. End it first.");
  await menu.click();
  await page.getByRole("menuitem", { name: "Barge in" }).click();
  await expect(page.getByText("You are in a call. End it first.")).toBeVisible();

  const [, there] = agents();
  if (!there?.call) throw new Error("Ben is in a call");
  const watched_by = { agent: "agent-9", name: "Sam Reed", mode: "listen" } as const;
  fake.emit({ kind: "agent", data: { ...there, call: { ...there.call, watched_by } } });
  await expect(page.getByRole("row", { name: /Ben Ortiz/ })).toContainText("Sam Reed listens");
  await menu.click();
  await expect(page.getByRole("menu").getByText("Sam Reed listens")).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Listen" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await shot(page, "watch-dashboard-1440-light");
});

test("an agent asks for help with a note and takes it back; supervisors see who asks", async ({
  page,
  fake,
  address,
}) => {
  await atPhone(page, fake, address);
  fake.change({ status: "on_call", lines: [talk({ can_ask_help: true })] });
  const line = page.getByRole("region", { name: "Line 1" });
  await line.getByRole("button", { name: "Ask for help" }).click();
  await line.getByLabel("What it is about (optional)").fill("Very angry");
  await shot(page, "help-note-1440-light");
  await line.getByRole("button", { name: "Send" }).click();
  await expect.poll(() => bodyOf(fake, "POST /calls/call-live/help")).toEqual({ note: "Very angry" });
  const help = { note: "Very angry", since: new Date().toISOString() };
  fake.change({ lines: [talk({ can_ask_help: true, help })] });
  await expect(line.getByText("Your supervisors are asked")).toBeVisible();
  await line.getByRole("button", { name: "Take back" }).click();
  await expect.poll(() => fake.requests.at(-1)?.route).toBe("DELETE /calls/call-live/help");
  fake.change({ lines: [talk({ can_ask_help: true, helped: true })] });
  await expect(line.getByRole("button", { name: "I need no more help" })).toBeVisible();

  fake.change({ status: "available", lines: [] });
  const [, there] = agents();
  if (!there?.call) throw new Error("Ben is in a call");
  fake.emit({ kind: "agent", data: { ...there, call: { ...there.call, help } } });
  await expect(page.getByText("Ben Ortiz asks for help").first()).toBeVisible();
  await page.getByRole("button", { name: "Supervise the call of Ben Ortiz" }).click();
  await expect(page.getByRole("menu").getByText("Ben Ortiz asks for help: Very angry")).toBeVisible();
});

test("a request for help stands on every page until somebody comes", async ({ page, fake, address }) => {
  await atPhone(page, fake, address);
  await page.getByRole("link", { name: "Queues" }).click();
  await expect(page.getByRole("row", { name: /Ben Ortiz/ })).toBeVisible();
  const since = new Date().toISOString();
  const asked = {
    call: "call-9",
    agent: "agent-2",
    agent_name: "Ben Ortiz",
    number: "+12025550147",
    name: "Elena Petrova",
    queue: "sales",
    queue_name: "Sales",
    note: "Very angry",
    since,
    talking: since,
  };
  fake.emit({ kind: "help", data: asked });
  const requests = page.getByRole("region", { name: "Requests" });
  await expect(requests).toContainText("Ben Ortiz asks for help");
  await expect(requests).toContainText("Very angry · in the call with Elena Petrova · Sales");
  await shot(page, "help-asked-1440-light");
  fake.refusals.set("POST /agents/agent-2/watch", "Sam Reed supervises this call already.");
  await requests.getByRole("button", { name: "Coach" }).click();
  await expect(requests.getByRole("alert")).toContainText("Sam Reed supervises this call already.");
  fake.emit({ kind: "help.gone", data: { call: "call-9" } });
  await expect(requests).toBeHidden();
});
