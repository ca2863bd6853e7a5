import { expect, lineOne, signIn, start, test } from "./world.ts";

test.setTimeout(90_000);

test("a supervisor allows one call that the class of service forbids while the agent waits, and the list of blocked calls keeps both", async ({
  site,
  chrome,
}) => {
  const agent = await (await chrome()).newPage();
  await start(agent, site, "ann");
  const boss = await (await chrome()).newPage();
  await signIn(boss, site, "sam");
  const number = agent.getByRole("textbox", { name: "Number or extension" });
  const dial = agent.getByRole("button", { name: "Dial", exact: true });
  await number.fill("+32 2 555 01 00");
  await expect(agent.getByText("the class of service Standard allows no calls to this country")).toBeVisible();
  await expect(dial).toBeDisabled();
  await agent.getByRole("button", { name: "Ask for permission" }).click();
  await agent.getByRole("textbox", { name: "Why you need this call" }).fill("the supplier waits for our order");
  await agent.getByRole("button", { name: "Send the request" }).click();
  await expect(agent.getByText("A supervisor has")).toBeVisible();

  const requests = boss.getByRole("region", { name: "Requests" });
  await expect(requests).toContainText("Ann Archer wants to call");
  await expect(requests).toContainText("the supplier waits for our order");
  await requests.getByRole("button", { name: "Allow one call" }).click();
  await expect(requests).toBeHidden();

  await expect(agent.getByText("Sam Supervisor has allowed this call.")).toBeVisible();
  await dial.click();
  const line = lineOne(agent);
  await expect(line).toContainText("Connected", { timeout: 15_000 });
  await line.getByRole("button", { name: /Hang up/ }).click();
  await expect(agent.getByRole("form", { name: "Dial pad" })).toBeVisible({ timeout: 15_000 });
  await number.fill("+32 2 555 01 00"); // it was one call
  await expect(agent.getByText("the class of service Standard allows no calls to this country")).toBeVisible();

  await boss.goto(`${site.ready.http}/queues/blocked`);
  const row = (what: string) => boss.getByRole("row").filter({ hasText: what }).filter({ hasText: "Ann Archer" });
  await expect(row("Permission asked").first()).toBeVisible();
  await expect(row("Allowed").first()).toContainText("Sam Supervisor");
});
