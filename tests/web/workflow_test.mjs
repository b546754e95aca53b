// The main job, in the page alone: sign in, clone "Basic JSON", make a token, write, run, fetch; and the tour.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  assertQuiet,
  firstAdmin,
  folder,
  kPassword,
  look,
  newUser,
  openPage,
  runTests,
  startServer,
} from "./frame.mjs";

const server = await startServer();
const admin = await firstAdmin(server);
const ada = await newUser(admin, "ada@example.com", "Ada");

async function bytesOf(download) {
  return readFileSync(await download.path());
}

async function downloadBy(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return download;
}

await runTests({
  async "from the sign-in to the unpacked zip"() {
    const page = await openPage(server);
    await page.goto(server.url + "/");
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByRole("textbox", { name: "Password" }).fill(kPassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "From the Demo Store" }).first().click();
    await page.getByRole("button", { name: "Clone Basic JSON" }).click();
    await page.waitForURL(/\/projects\/[0-9a-f-]{36}\/files/);
    const project = page.url().match(/projects\/([0-9a-f-]{36})/)[1];

    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await page.getByRole("link", { name: "Access tokens" }).click();
    await page.getByRole("button", { name: "New token" }).first().click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("laptop");
    await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
    await page.getByRole("button", { name: "Show", exact: true }).click();
    const token = (await page.getByTestId("token").textContent()).trim();
    const curl = (path) =>
      execFileSync("curl", ["-sS", "--fail-with-body", "-H", "Authorization: Bearer " + token, server.url + path]);
    const names = JSON.parse(curl(`/api/v2/projects/${project}/files`)).map((file) => file.name);
    assert.ok(names.includes("datamimic.xml"));

    await page.getByRole("link", { name: "Files", exact: true }).click();
    await page.getByRole("treeitem", { name: "1_households.xml" }).click();
    const text = page.locator(".cm-content").first();
    await text.getByText("households").first().waitFor();
    const before = curl(`/api/v2/projects/${project}/files/1_households.xml`).toString();
    const after = before.replace('count="10"', 'count="12"');
    assert.notEqual(before, after);
    await text.getByText('"10"').first().dblclick();
    await page.keyboard.type("12");
    await page.keyboard.press("Control+s");
    await page.getByText("1_households.xml").first().waitFor();
    for (let tries = 0; curl(`/api/v2/projects/${project}/files/1_households.xml`).toString() !== after; ++tries) {
      assert.ok(tries < 200, "the text has not been saved");
    }

    await page.getByRole("treeitem", { name: "datamimic.xml" }).click();
    await page.getByRole("region", { name: "Preview" }).getByText("HH-").first().waitFor();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
    const task = page.url().match(/tasks\/([0-9a-f-]{36})/)[1];
    await page.getByText("succeeded").first().waitFor();
    await page
      .getByRole("row", { name: /households\.json/ })
      .getByText("12", { exact: true })
      .waitFor();
    await look(page, "main-job-task");

    const one = await downloadBy(page, () => page.getByRole("link", { name: /Download households\.json/ }).click());
    assert.equal(one.suggestedFilename(), "households.json");
    const path = `/api/v2/projects/${project}/tasks/${task}/artifacts/households.json`;
    assert.deepEqual(await bytesOf(one), curl(path));
    assert.equal(JSON.parse(await bytesOf(one)).length, 12);
    const zip = await downloadBy(page, () => page.getByRole("link", { name: /Download all/ }).click());
    await zip.saveAs(join(folder, "all.zip"));
    const listed = execFileSync("unzip", ["-Z1", join(folder, "all.zip")], { encoding: "utf8" })
      .trim()
      .split("\n");
    assert.deepEqual(listed.sort(), ["households.json", "subscriptions.json"]);
    const packed = execFileSync("unzip", ["-p", join(folder, "all.zip"), "households.json"]);
    assert.deepEqual(packed, await bytesOf(one));
    assertQuiet(page, server);
    await page.context().close();
  },

  async "the tour leads from the demo to its artifacts"() {
    const page = await openPage(server, ada);
    await page.goto(server.url + "/");
    await page.getByRole("button", { name: "Help" }).click();
    await page.getByRole("menuitem", { name: "Take the tour" }).click();
    const titles = [
      "Welcome to Mimus",
      "The Demo Store",
      "Clone “Basic JSON”",
      "The descriptor",
      "The preview",
      "Run",
      "The task",
      "Tokens and settings",
      "That is it",
    ];
    for (const [index, title] of titles.entries()) {
      const step = page.getByRole("dialog").filter({ hasText: `${index + 1} of ${titles.length}` });
      await step.getByText(title, { exact: true }).waitFor();
      if (index === 3) await look(page, "tour");
      await step.getByRole("button", { name: index === titles.length - 1 ? "Done" : "Next" }).click();
    }
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assertQuiet(page, server);
    await page.context().close();
  },

  async "the keyboard's shortcuts are listed under ?"() {
    const page = await openPage(server, ada);
    await page.goto(server.url + "/demos");
    await page.getByRole("heading", { name: "Demo Store" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("To the projects").waitFor();
    await look(page, "shortcuts");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("Alt+p");
    await page.getByRole("heading", { name: "Projects", level: 1 }).waitFor();
    assertQuiet(page, server);
    await page.context().close();
  },
});
