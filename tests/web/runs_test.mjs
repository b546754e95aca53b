// The preview, running, a task's page with its artifacts, calling from CI, and the history.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import yaml from "js-yaml";
import { assertQuiet, firstAdmin, folder, look, newUser, openPage, paste, runTests, startServer } from "./frame.mjs";

const server = await startServer();
const admin = await firstAdmin(server);

const kHurt = "<img src=x onerror=window.hurt=1>";
const kFiles = {
  "people.xml": `<setup>
  <generate name="people" count="12" target="CSV, JSON">
    <key name="id" generator="IncrementGenerator"/>
    <key name="given" generator="GivenNameGenerator"/>
  </generate>
</setup>`,
  // Nobody waits for its end.
  "endless.xml": `<setup>
  <generate name="endless" count="2000000000">
    <key name="id" generator="UUIDGenerator"/>
    <key name="text" pattern="[a-z]{30}"/>
  </generate>
</setup>`,
  "million.xml": `<setup>
  <generate name="million" count="1000000" target="CSV">
    <key name="id" generator="IncrementGenerator"/>
    <key name="uuid" generator="UUIDGenerator"/>
  </generate>
</setup>`,
  "hostile.xml": `<setup>
  <generate name="${kHurt.replaceAll("<", "&lt;")}" count="2" target="CSV">
    <key name="&lt;b>bold" constant="&lt;script>window.hurt=1&lt;/script>"/>
  </generate>
  <generate name="page" count="1" target="Template(template='page.html'), Template(template='drawing.svg')">
    <key name="a" constant="1"/>
  </generate>
</setup>`,
  "page.html": `<html><body onload="window.hurt=1"><script>window.hurt=1</script></body></html>`,
  "drawing.svg": `<svg xmlns="http://www.w3.org/2000/svg" onload="window.hurt=1"/>`,
  "broken_at_work.xml": `<setup>
  <generate name="x" count="3" target="CSV">
    <key name="b" script="1 / 0"/>
  </generate>
</setup>`,
};

async function addFile(project, name, text) {
  const form = `--xx\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n${text}\r\n--xx--\r\n`;
  await admin.send("POST", `projects/${project}/files`, form, { "Content-Type": "multipart/form-data; boundary=xx" });
}

async function newProject(name) {
  const project = await admin.cloneDemo("basic-json", name);
  for (const [file, text] of Object.entries(kFiles)) await addFile(project, file, text);
  return project;
}

const project = await newProject("Runs");

function address(path) {
  return `${server.url}/projects/${project}/${path}`;
}

// Puts a text in the place of all that the editor shows.
async function write(page, text) {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await paste(page, text);
}

async function openPreview() {
  const page = await openPage(server, admin);
  await page.goto(address("files/datamimic.xml"));
  await page.locator(".cm-content").waitFor();
  return page;
}

const preview = (page) => page.getByRole("region", { name: "Preview", exact: true });
const rowsOf = (page, name) => page.getByRole("table", { name: "Rows of " + name });

function descriptor(constant, more = "") {
  return `<setup>
  <generate name="things" count="40">
    <key name="what" constant="${constant}"/>
    <key name="number" generator="IntegerGenerator(min=1, max=1000000000)"/>
    <key name="none" script="None"/>
    <nestedKey name="parts" type="list" count="2"><key name="part" constant="p"/></nestedKey>
    ${more}
  </generate>
  <generate name="others" count="3"><key name="big" script="12345678901234567890"/></generate>
</setup>`;
}

async function cell(page, row, column) {
  return rowsOf(page, "things").locator("tbody tr").nth(row).locator("td").nth(column).innerText();
}

async function openTask(page, task, entry) {
  await page.goto(address("tasks/" + task.id));
  await page.getByRole("heading", { name: "Run of " + entry, level: 1 }).waitFor();
}

async function downloadOf(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return readFileSync(await download.path());
}

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

let made;
// A token of the project, made as people make theirs.
async function token() {
  made ??= (
    await admin.send("POST", `projects/${project}/tokens`, { name: "CI", scope: "generate", expires_at: "2035-01-01" })
  ).body.token;
  return made;
}

// Runs a script as a pipeline would, in an empty folder.
async function runScript(shell, script) {
  const place = mkdtempSync(join(folder, "ci-"));
  const done = spawnSync(shell, ["-c", script], {
    cwd: place,
    encoding: "utf8",
    env: { PATH: process.env.PATH, MIMUS_TOKEN: await token() },
  });
  return { place, status: done.status, out: done.stdout, error: done.stderr };
}

async function snippet(page, tool) {
  await page.getByRole("tab", { name: tool }).click();
  await page.getByRole("button", { name: "Copy snippet" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  const text = await clipboard(page);
  assert.equal(await page.getByRole("region", { name: "Snippet" }).innerText(), text);
  return text;
}

function assertArchive(place) {
  const names = execFileSync("unzip", ["-Z1", join(place, "artifacts.zip")], { encoding: "utf8" });
  assert.deepEqual(names.trim().split("\n").sort(), ["people.csv", "people.json"]);
}

await runTests({
  async "the preview follows what is typed, with the same seed"() {
    const page = await openPreview();
    await write(page, descriptor("first"));
    await rowsOf(page, "things").getByText("first").first().waitFor();
    const seed = await preview(page).getByLabel("Seed", { exact: true }).inputValue();
    const number = await cell(page, 0, 1);
    await write(page, descriptor("second"));
    await rowsOf(page, "things").getByText("second").first().waitFor();
    assert.equal(await cell(page, 0, 1), number);
    assert.equal(await preview(page).getByLabel("Seed", { exact: true }).inputValue(), seed);
    assert.equal(await cell(page, 0, 2), "null");
    assert.equal(await cell(page, 0, 3), '[{"part":"p"},{"part":"p"}]');
    assert.equal(await rowsOf(page, "things").getAttribute("aria-rowcount"), "21");
    await look(page, "preview");
    await preview(page).getByRole("button", { name: "Another seed" }).click();
    await page.waitForFunction(
      (before) => !document.querySelector("tbody td:nth-of-type(2)")?.textContent.includes(before),
      number,
    );
    assert.notEqual(await preview(page).getByLabel("Seed", { exact: true }).inputValue(), seed);
    await preview(page).getByLabel("Rows", { exact: true }).fill("3");
    await rowsOf(page, "things").getByText("second").nth(3).waitFor({ state: "detached" });
    assert.equal(await rowsOf(page, "things").locator("tbody th").count(), 3);
    assertQuiet(page, server);
    await page.context().close();
  },

  async "the preview shows each generate as table, JSON, XML and CSV"() {
    const page = await openPreview();
    await write(page, descriptor("one"));
    await rowsOf(page, "things").waitFor();
    const text = (format, name = "things") => page.getByRole("region", { name: `${name} as ${format}` });
    await preview(page).getByText("JSON", { exact: true }).click();
    await text("JSON").getByText('"what": "one",').first().waitFor();
    await preview(page).getByText("XML", { exact: true }).click();
    await text("XML").getByText("<what>one</what>").first().waitFor();
    await preview(page).getByText("CSV", { exact: true }).click();
    await text("CSV").getByText("what|number|none|parts").waitFor();
    await preview(page).getByRole("button", { name: "Copy text" }).click();
    assert.match(
      await clipboard(page),
      /^what\|number\|none\|parts\none\|\d+\|\|\[\{'part': 'p'\}, \{'part': 'p'\}\]\n/,
    );
    await preview(page).getByRole("combobox", { name: "Generate" }).click();
    await page.getByRole("option", { name: "others (3)" }).click();
    await text("CSV", "others").getByText("12345678901234567890").first().waitFor();
    await preview(page).getByText("Table", { exact: true }).click();
    await page.getByRole("button", { name: "Show record 2 in full" }).click();
    await page.getByRole("dialog").getByText('"big": 12345678901234567890').waitFor();
    assertQuiet(page, server);
    await page.context().close();
  },

  async "a mistake keeps the rows, and points to its line"() {
    const page = await openPreview();
    await write(page, descriptor("good"));
    await rowsOf(page, "things").getByText("good").first().waitFor();
    await write(page, descriptor("bad", '<key name="c" generator="NoSuchGenerator"/>'));
    const finding = preview(page).getByRole("list", { name: "Findings" }).getByRole("button");
    await finding.getByText("unknown generator 'NoSuchGenerator'").waitFor();
    await finding.getByText("datamimic.xml:7:").waitFor();
    await preview(page).getByText("The rows below are from before the mistake.").waitFor();
    assert.equal(await cell(page, 0, 0), "good");
    await look(page, "preview-mistake");
    // Each width has a pane of its own: what was good is still there.
    await preview(page).getByText("The rows below are from before the mistake.").waitFor();
    assert.equal(await cell(page, 0, 0), "good");
    await finding.click();
    await page.locator(".cm-activeLine").getByText("NoSuchGenerator").waitFor();
    await write(page, descriptor("better"));
    await rowsOf(page, "things").getByText("better").first().waitFor();
    assert.equal(await finding.count(), 0);
    await preview(page).getByRole("button", { name: "Log" }).click();
    await preview(page).getByText("generated 20 records 'things'").waitFor();
    assertQuiet(page, server);
    await page.context().close();
  },

  async "a busy server is asked again"() {
    const page = await openPreview();
    await write(page, descriptor("calm"));
    await rowsOf(page, "things").getByText("calm").first().waitFor();
    // Each of these takes all the time that a preview has.
    const work = Array.from({ length: 6 }, (_, n) => {
      const script = "len([a + b for a in range(3000) for b in range(3000)])";
      return `<key name="k${n}" script="${script}"/>`;
    });
    const content = `<setup><generate name="slow" count="1">${work.join("")}</generate></setup>`;
    // Twice as many as the server does at the same time, each until it is taken.
    const hold = async () => {
      while (!(await admin.send("POST", `projects/${project}/preview`, { content }).catch(() => null)));
    };
    const slow = Array.from({ length: 8 }, hold);
    await write(page, descriptor("patient"));
    await preview(page).getByText("The server is busy").first().waitFor();
    await Promise.all(slow);
    await rowsOf(page, "things").getByText("patient").first().waitFor();
    assertQuiet(page, server);
    await page.context().close();
  },

  async "a descriptor runs from the editor, with options, and its artifacts come as they are"() {
    const page = await openPage(server, admin);
    await page.goto(address("files/datamimic.xml"));
    await page.getByRole("button", { name: "More ways to run" }).click();
    await page.getByRole("menuitem", { name: "Run with options" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Seed", { exact: true }).fill("42");
    await dialog.getByLabel("Clock (now)").fill("2026-01-01");
    await dialog.getByRole("button", { name: "Add a parameter" }).click();
    await dialog.getByLabel("Name", { exact: true }).fill("tenant");
    await dialog.getByLabel("Value", { exact: true }).fill("7");
    await look(page, "run-options");
    await dialog.getByRole("button", { name: "Run", exact: true }).click();
    await dialog.getByText("Write a time such as").waitFor();
    await dialog.getByLabel("Clock (now)").fill("2026-01-01T00:00:00Z");
    await dialog.getByRole("button", { name: "Run", exact: true }).click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]+$/);
    await page.getByText("succeeded").waitFor();
    await page.getByText("tenant=7").waitFor();
    await page.getByRole("cell", { name: "households.json", exact: true }).waitFor();
    await page.getByRole("table", { name: "Head of households.json" }).waitFor();
    await page.getByRole("log").getByText("content hash").waitFor();
    await look(page, "task");

    const id = page.url().split("/").pop();
    const task = (await admin.send("GET", `projects/${project}/tasks/${id}`)).body;
    assert.deepEqual([task.seed, task.now, task.parameters], [42, "2026-01-01T00:00:00Z", { tenant: 7 }]);
    const expected = (await admin.send("GET", `projects/${project}/tasks/${id}/artifacts/households.json`)).text;
    const button = page.getByRole("link", { name: "Download households.json" });
    assert.equal((await downloadOf(page, () => button.click())).toString(), expected);
    const zip = await downloadOf(page, () => page.getByRole("link", { name: "Download all (zip)" }).click());
    assert.deepEqual([...zip.subarray(0, 4)], [0x50, 0x4b, 3, 4]);

    await page.getByRole("button", { name: "Copy households.json as curl" }).click();
    const one = await runScript("bash", await clipboard(page));
    assert.equal(one.status, 0, one.error);
    assert.equal(readFileSync(join(one.place, "households.json"), "utf8"), expected);
    await page.getByRole("button", { name: "Copy all as curl" }).click();
    const all = await runScript("bash", await clipboard(page));
    assert.equal(all.status, 0, all.error);
    const unzipped = execFileSync("unzip", ["-p", join(all.place, `artifacts-${id}.zip`), "households.json"]);
    assert.equal(unzipped.toString(), expected);
    assertQuiet(page, server);
    await page.context().close();
  },

  async "the same seed gives the same content hash"() {
    const task = await admin.run(project, { entry: "people.xml" });
    const page = await openPage(server, admin);
    await openTask(page, task, "people.xml");
    await page.getByRole("button", { name: "Run again, same seed" }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(task.id) && /\/tasks\/[0-9a-f-]+$/.test(url.pathname));
    const id = page.url().split("/").pop();
    await page.locator(`a[href$="${id}/archive"]`).waitFor();
    await page.getByText(task.content_hash.slice(0, 16) + "…").waitFor();
    const again = (await admin.send("GET", `projects/${project}/tasks/${id}`)).body;
    assert.equal(again.content_hash, task.content_hash);
    assert.notEqual(again.id, task.id);
    await page.context().close();
  },

  async "a long run shows its progress, and can be cancelled"() {
    const started = (await admin.send("POST", `projects/${project}/tasks`, { entry: "endless.xml" })).body;
    const page = await openPage(server, admin);
    await openTask(page, started, "endless.xml");
    await page.getByText("running").waitFor();
    await page.getByText("Time left").waitFor();
    await page.getByText(/^[1-9][\d,]* of 2,000,000,000$/).waitFor();
    await page.getByRole("img", { name: "Throughput over time" }).waitFor();
    await page.getByRole("log").getByText("attempt 1 at 'endless.xml'").waitFor();
    await look(page, "task-running");
    await page.getByRole("button", { name: "Cancel run" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Let it run" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal((await admin.send("GET", `projects/${project}/tasks/${started.id}`)).body.status, "RUNNING");
    await page.getByRole("button", { name: "Cancel run" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel the run" }).click();
    await page.getByText("cancelled").first().waitFor();
    await page.getByRole("button", { name: "Run again, same seed" }).waitFor();
    assertQuiet(page, server);
    await page.context().close();
  },

  async "without events the page asks again and again"() {
    const started = (await admin.send("POST", `projects/${project}/tasks`, { entry: "endless.xml" })).body;
    const page = await openPage(server, admin);
    await page.route("**/events", (route) => route.fulfill({ status: 429, body: "" }));
    await openTask(page, started, "endless.xml");
    await page.getByText("connection lost, asking again").waitFor();
    await page.getByText(/^[1-9][\d,]* of 2,000,000,000$/).waitFor();
    await page.getByRole("log").getByText("attempt 1 at 'endless.xml'").waitFor();
    await admin.send("POST", `projects/${project}/tasks/${started.id}/cancel`);
    await page.getByText("cancelled").first().waitFor();
    await page.getByText("connection lost, asking again").waitFor({ state: "detached" });
    await page.context().close();
  },

  async "a run that fails names the line, and leads there"() {
    const task = await admin.run(project, { entry: "broken_at_work.xml" });
    const page = await openPage(server, admin);
    await openTask(page, task, "broken_at_work.xml");
    await page.getByRole("alert").getByText("division by zero").waitFor();
    const link = page.getByRole("link", { name: "broken_at_work.xml:3:" });
    assert.match(await link.getAttribute("href"), /\/files\/broken_at_work\.xml\?line=3&column=\d+$/);
    await page.getByRole("radio", { name: "Errors" }).locator("..").getByText("Errors").click();
    await page.getByRole("log").getByText("division by zero").first().waitFor();
    assert.equal(await page.getByRole("log").getByText("attempt 1").count(), 0);
    await page.getByText("The run ended before one was complete.").waitFor();
    await look(page, "task-failed");
    assertQuiet(page, server);
    await page.context().close();
  },

  async "hostile names and contents are texts"() {
    const task = await admin.run(project, { entry: "hostile.xml" });
    const page = await openPage(server, admin);
    await openTask(page, task, "hostile.xml");
    await page.getByRole("button", { name: kHurt + ".csv", exact: true }).click();
    await page
      .getByRole("table", { name: `Head of ${kHurt}.csv` })
      .getByText("<script>window.hurt=1</script>")
      .first()
      .waitFor();
    await page.getByRole("log").getByText(`generated 2 records '${kHurt}'`).waitFor();
    for (const [name, text] of [
      ["page.html", kFiles["page.html"]],
      ["page.svg", kFiles["drawing.svg"]],
    ]) {
      await page.getByRole("button", { name, exact: true }).click();
      await page
        .getByRole("region", { name: "Head of " + name })
        .getByText(text)
        .waitFor();
    }
    await page.getByRole("button", { name: `Copy ${kHurt}.csv as curl` }).click();
    const got = await runScript("bash", await clipboard(page));
    assert.equal(got.status, 0, got.error);
    assert.match(readFileSync(join(got.place, kHurt + ".csv"), "utf8"), /window\.hurt/);
    await page.mouse.move(0, 0);
    await page.getByRole("tooltip").waitFor({ state: "detached" });
    await look(page, "task-hostile");
    assert.equal(await page.evaluate(() => window.hurt), undefined);
    assertQuiet(page, server);
    await page.context().close();
  },

  async "the head of a million rows is read by range"() {
    const task = await admin.run(project, { entry: "million.xml" });
    const page = await openPage(server, admin);
    const answers = [];
    page.on("response", (response) => {
      if (response.url().includes("/artifacts/")) answers.push(response);
    });
    await openTask(page, task, "million.xml");
    const table = page.getByRole("table", { name: "Head of million.csv" });
    await table.getByRole("rowheader", { name: "Show record 1 in full" }).waitFor();
    await page.getByText(/the first 64 KiB of 4[\d.]+ MiB/).waitFor();
    assert.equal(answers.length, 1);
    assert.equal(answers[0].status(), 206);
    const { responseBodySize } = await answers[0].request().sizes();
    assert.ok(responseBodySize > 0 && responseBodySize < 200_000, `${responseBodySize} bytes came`);
    assert.ok((await table.locator("tbody tr").count()) < 100, "only what is in sight is on the page");
    await page.context().close();
  },

  async "the snippets for CI work"() {
    await admin.run(project, { entry: "people.xml" });
    const page = await openPage(server, admin);
    await page.goto(address("tasks?ci"));
    await page.getByRole("dialog", { name: "Call this from CI" }).waitFor();
    await page.getByText("These snippets run people.xml").waitFor();
    assert.equal(
      await page.getByRole("link", { name: "Make a token" }).getAttribute("href"),
      `/projects/${project}/settings/tokens`,
    );
    await look(page, "ci");

    const curl = await snippet(page, "curl");
    const done = await runScript("bash", curl);
    assert.equal(done.status, 0, done.error);
    assertArchive(done.place);
    const failed = await runScript("bash", curl.replaceAll("people.xml", "broken_at_work.xml"));
    assert.equal(failed.status, 1);
    assert.match(failed.error, /division by zero/);

    const github = yaml.load(await snippet(page, "GitHub Actions"));
    const [step, upload] = github.jobs["test-data"].steps;
    assert.equal(step.env.MIMUS_TOKEN, "${{ secrets.MIMUS_TOKEN }}");
    assert.equal(upload.with.path, "artifacts.zip");
    const gitlab = yaml.load(await snippet(page, "GitLab CI"));
    assert.deepEqual(gitlab["test-data"].artifacts.paths, ["artifacts.zip"]);
    const jenkins = (await snippet(page, "Jenkins")).match(/sh '''(.*?)'''/s)[1];
    for (const script of [step.run, gitlab["test-data"].script[0], jenkins]) {
      const ran = await runScript("sh", script);
      assert.equal(ran.status, 0, ran.error);
      assertArchive(ran.place);
    }
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.ok(!page.url().includes("ci"));
    assertQuiet(page, server);
    await page.context().close();
  },

  async "the history is filtered by its address, compares, runs again and deletes"() {
    const mine = await newProject("History");
    const good = await admin.run(mine, { entry: "people.xml" });
    await admin.run(mine, { entry: "broken_at_work.xml" });
    const page = await openPage(server, admin);
    await page.goto(`${server.url}/projects/${mine}/tasks`);
    const rows = page.locator("tr[data-task]");
    await rows.nth(1).waitFor();
    await look(page, "history");
    await page.getByRole("combobox", { name: "Status" }).click();
    await page.getByRole("option", { name: "failed" }).click();
    await page.waitForURL(/\?status=FAILED$/);
    await rows.getByText("people.xml").waitFor({ state: "detached" });
    assert.equal(await rows.count(), 1);
    await page.reload();
    await rows.getByText("broken_at_work.xml").waitFor();
    assert.equal(await rows.count(), 1);
    await page.goto(`${server.url}/projects/${mine}/tasks?entry=people.xml&status=FAILED`);
    await page.getByText("No run matches").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await rows.nth(1).waitFor();
    await page.getByRole("combobox", { name: "By" }).click();
    await page.getByRole("option", { name: "admin" }).click();
    await page.waitForURL(/\?created_by=[0-9a-f-]+$/);
    await rows.nth(1).waitFor();
    await page.goto(`${server.url}/projects/${mine}/tasks?created_by=${mine}`);
    await page.getByText("No run matches").waitFor();
    await page.goto(`${server.url}/projects/${mine}/tasks?until=2020-01-01T00:00`);
    await page.getByText("No run matches").waitFor();
    await page.goto(`${server.url}/projects/${mine}/tasks?trigger=api`);
    await page.getByText("No run matches").waitFor();

    await page.goto(`${server.url}/projects/${mine}/tasks`);
    await page.getByRole("button", { name: "More about the run of people.xml" }).click();
    await page.getByRole("menuitem", { name: "Run again, same seed" }).click();
    await page.waitForURL(/\/tasks\/[0-9a-f-]+$/);
    await page.getByRole("heading", { name: "Run of people.xml" }).waitFor();
    await page.getByText("succeeded").waitFor();
    const again = page.url().split("/").pop();
    await page.goBack();
    await page.locator(`tr[data-task="${again}"]`).getByRole("checkbox").check();
    await page.locator(`tr[data-task="${good.id}"]`).getByRole("checkbox").check();
    const compare = page.getByRole("link", { name: "Compare" });
    assert.equal(await compare.getAttribute("href"), `/projects/${mine}/compare?a=${again}&b=${good.id}`);

    const remove = async (answer) => {
      await page.locator(`tr[data-task="${again}"]`).getByRole("button").click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      await page.getByRole("dialog").getByRole("button", { name: answer }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
    };
    await remove("Keep it");
    assert.equal(await page.locator(`tr[data-task="${again}"]`).count(), 1);
    await remove("Delete");
    await page.locator(`tr[data-task="${again}"]`).waitFor({ state: "detached" });
    assertQuiet(page, server);
    await page.context().close();
  },

  async "the history comes page by page"() {
    const mine = await newProject("Pages");
    for (let n = 0; n < 51; n += 1) await admin.run(mine, { entry: "people.xml", seed: n });
    const page = await openPage(server, admin);
    await page.goto(`${server.url}/projects/${mine}/tasks`);
    const rows = page.locator("tr[data-task]");
    await rows.nth(49).waitFor();
    assert.equal(await rows.count(), 50);
    await page.getByRole("button", { name: "Older" }).click();
    await page.waitForURL(/\?cursor=/);
    await rows.nth(1).waitFor({ state: "detached" });
    assert.equal(await rows.locator("code").first().innerText(), "0");
    await page.getByRole("button", { name: "Newest" }).click();
    await rows.nth(49).waitFor();
    await page.context().close();
  },

  async "viewers look, and start nothing; a new project teaches"() {
    const mine = await newProject("Looked at");
    const viewer = await newUser(admin, "viewer@example.com", "Vera");
    await admin.send("POST", `projects/${mine}/members`, { email: "viewer@example.com", role: "viewer" });
    const page = await openPage(server, viewer, { locale: "de-DE" });
    await page.goto(`${server.url}/projects/${mine}/tasks`);
    await page.getByRole("heading", { name: "Noch keine Läufe" }).waitFor();
    await page.getByText("Ihre Rolle sieht sie an").waitFor();
    await look(page, "history-empty-de");
    const task = await admin.run(mine, { entry: "people.xml" });
    await page.goto(`${server.url}/projects/${mine}/tasks/${task.id}`);
    await page.getByRole("table", { name: "Anfang von people.csv" }).waitFor();
    await look(page, "task-de");
    assert.equal(await page.getByRole("button", { name: "Nochmals" }).count(), 0);
    await page.goto(`${server.url}/projects/${mine}/tasks`);
    await page.getByRole("button", { name: "Mehr zum Lauf von people.xml" }).click();
    await page.getByRole("menuitem", { name: "Statistik" }).waitFor();
    assert.equal(await page.getByRole("menuitem").count(), 1);
    await page.goto(`${server.url}/projects/${mine}/files/people.xml`);
    await page.getByText("Die Vorschau ist für Editoren").waitFor();
    assert.equal(await page.getByRole("button", { name: "Ausführen" }).count(), 0);
    assertQuiet(page, server);
    await page.context().close();
  },
});
