// The data view of a run, and two runs side by side.
import assert from "node:assert/strict";
import { assertQuiet, firstAdmin, look, openPage, runTests, startServer } from "./frame.mjs";

const server = await startServer();
const admin = await firstAdmin(server);

const kDescriptor = `<setup>
  <generate name="orders" count="500" target="CSV">
    <key name="id" generator="IncrementGenerator"/>
    <key name="total" generator="FloatGenerator(min=1, max=900)"/>
    <key name="state" values="'open','paid','paid','sent'"/>
    <key name="markup" constant="&lt;img src=x onerror=alert(1)>"/>
    <key name="coupon" values="'A'" nullQuota="0.6"/>
  </generate>
</setup>`;

const project = (await admin.send("POST", "projects", { name: "Statistics" })).body.id;
await admin.putFile(project, "datamimic.xml", kDescriptor);
const first = await admin.run(project, { seed: 1 });
const second = await admin.run(project, { seed: 2 });
const third = await admin.run(project, { seed: 1, now: first.now });
assert.equal(first.status, "SUCCEEDED", JSON.stringify(first.error));

await runTests({
  async "the columns of a run are shown with their figures and shapes"() {
    const page = await openPage(server, admin);
    await page.goto(`${server.url}/projects/${project}/tasks/${first.id}/statistics`);
    const row = page.getByRole("row", { name: /coupon/ });
    await row.waitFor();
    const { body } = await admin.send("GET", `projects/${project}/tasks/${first.id}/statistics`);
    const coupon = body.products[0].columns.find((column) => column.path === "coupon");
    const share = (coupon.nulls / 500).toLocaleString("en", { style: "percent", maximumFractionDigits: 1 });
    await row.getByText(share).waitFor();
    await page
      .getByRole("row", { name: /markup/ })
      .getByText("<img src=x onerror=alert(1)>")
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Details of total" }).click();
    await page.getByRole("heading", { name: "Histogram" }).waitFor();
    await page.getByRole("button", { name: "Details of state" }).click();
    await page.getByRole("listitem").filter({ hasText: "paid" }).waitFor();
    await look(page, "statistics");
    await page.getByLabel("Search columns").fill("coup");
    await page.getByRole("row", { name: /total/ }).waitFor({ state: "detached" });
    assertQuiet(page, server);
    await page.context().close();
  },

  async "two runs are compared"() {
    const page = await openPage(server, admin);
    await page.goto(`${server.url}/projects/${project}/compare?a=${first.id}&b=${second.id}`);
    await page.getByText("The runs differ.").waitFor();
    await page
      .getByRole("region", { name: "orders" })
      .getByRole("row", { name: /^total/ })
      .waitFor();
    await look(page, "comparison");
    await page.getByRole("button", { name: "Swap sides" }).click();
    await page.waitForURL((url) => url.searchParams.get("a") === second.id);
    await page.goto(`${server.url}/projects/${project}/compare?a=${first.id}&b=${third.id}`);
    await page.getByText("Both runs have written the same bytes.").waitFor();
    assertQuiet(page, server);
    await page.context().close();
  },

  async "without statistics the page says why"() {
    await admin.putFile(project, "empty.xml", "<setup><echo>nothing</echo></setup>");
    const task = await admin.run(project, { entry: "empty.xml" });
    const page = await openPage(server, admin);
    await page.goto(`${server.url}/projects/${project}/tasks/${task.id}/statistics`);
    await page.getByRole("heading", { name: "This run has no statistics" }).waitFor();
    await page.goto(`${server.url}/projects/${project}/compare`);
    await page.getByRole("heading", { name: "Choose two runs" }).waitFor();
    await look(page, "comparison-empty");
    await page.context().close();
  },
});
