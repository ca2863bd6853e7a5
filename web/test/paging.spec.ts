import { expect, shot, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });

test.beforeEach(({ fake }) => {
  fake.role = "admin";
});

/** BX-28: the form of a paging group, by both ways. */
test("makes a paging group whose users answer, and one whose telephones listen to an address", async ({
  page,
  fake,
  address,
}) => {
  await page.goto(`${address}/settings/company/paging-groups?make=true`);
  const form = page.getByRole("form");
  await form.getByRole("textbox", { name: "Name", exact: true }).fill("Warehouse");
  await form.getByRole("textbox", { name: "Number", exact: true }).fill("300");
  await expect(form.getByLabel("Multicast address")).toBeHidden();
  await expect(form.getByText("Users", { exact: true })).toBeVisible();
  await shot(page, "console-paging-answer");

  await form.getByRole("combobox", { name: "How it is heard" }).click();
  await page.getByRole("option", { name: "Telephones listen to a multicast address" }).click();
  await expect(form.getByText("Users", { exact: true })).toBeHidden();
  await form.getByLabel("Multicast address").fill("239.255.10.1");
  await expect(form.getByLabel("Port")).toHaveValue("10000");
  await form.getByRole("combobox", { name: "Codec" }).click();
  await page.getByRole("option", { name: "G.722, wideband" }).click();
  await form.getByLabel("Networks it may cross").fill("3");
  await shot(page, "console-paging-multicast");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("form", { name: "Warehouse" })).toBeVisible();
  const made = fake.requests.find(({ route }) => route === "POST /settings/paging-groups");
  expect(made?.body).toMatchObject({
    fields: {
      page_number: "300",
      way: "multicast",
      multicast_address: "239.255.10.1",
      multicast_port: 10000,
      multicast_codec: "G722",
      multicast_ttl: 3,
    },
  });
});

/** BX-14: the field is grey with its reason until a trunk takes text messages. */
test("has numbers for text messages wait for a trunk that takes some", async ({ page, fake, address }) => {
  await page.goto(`${address}/settings/company/organisation`);
  const field = page.getByRole("combobox", { name: "Text message to" });
  await expect(page.getByText("No trunk in use takes text messages.")).toBeVisible();
  await expect(field).toBeDisabled();
  await shot(page, "console-texts-wait");

  const trunk = fake.records.fieldsOf("trunks", "trunk-1");
  fake.records.put("trunks", { id: "trunk-1", fields: { ...trunk, active: true, text_messages: true } });
  await page.reload();
  await expect(field).toBeEnabled();
  await field.fill("+32470123456");
  await field.press("Enter");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("1 change.")).toBeHidden();
  expect(fake.records.fieldsOf("organisation", "organisation")).toMatchObject({ emergency_texts: ["+32470123456"] });
});
