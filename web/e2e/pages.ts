import type { BrowserContext, TestInfo } from "@playwright/test";

/** tellPages keeps what the pages of a test that failed show, so that who reads the failure sees it too. */
export async function tellPages(context: BrowserContext, info: TestInfo): Promise<void> {
  for (const page of context.pages().filter((one) => one.url() !== "about:blank")) {
    const body = await page
      .locator("body")
      .ariaSnapshot({ timeout: 5000 })
      .catch((error: unknown) => `the page does not answer: ${error}`);
    await info.attach(`page ${page.url()}`, { body, contentType: "text/plain" });
  }
}
