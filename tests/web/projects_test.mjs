// Projects, the Demo Store, settings of a project, and the administration.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  assertQuiet,
  firstAdmin,
  folder,
  kPassword,
  look,
  newUser,
  openPage,
  Person,
  runTests,
  startServer,
} from "./frame.mjs";

const server = await startServer();
const admin = await firstAdmin(server);
const ada = await newUser(admin, "ada@example.com", "Ada");
const kHostile = `<img src=x onerror="document.title='hacked'">`;

async function newProject(person, name) {
  return (await person.send("POST", "projects", { name })).body.id;
}

await runTests({
  async "without projects the page says how to get one"() {
    const page = await openPage(server, ada);
    await page.goto(server.url + "/");
    await page.getByRole("heading", { name: "No project yet" }).waitFor();
    await look(page, "projects-empty");
    assertQuiet(page, server);
    await page.context().close();
  },

  async "a demo is found, looked into, and cloned"() {
    const page = await openPage(server, ada);
    await page.goto(server.url + "/demos");
    await page.getByRole("heading", { name: "Basic JSON" }).waitFor();
    assert.ok((await page.getByRole("listitem").count()) >= 12);
    await look(page, "demos");
    await page.getByLabel("Search demos").fill("no demo has these words");
    await page.getByRole("heading", { name: "No demo has this" }).waitFor();
    await page.getByLabel("Search demos").fill("basic json");
    await page.getByRole("link", { name: "Look inside" }).first().click();
    await page.getByRole("heading", { name: "Basic JSON" }).waitFor();
    await page.getByText("<setup").first().waitFor();
    await look(page, "demo");
    await page.getByRole("button", { name: "Clone Basic JSON" }).click();
    await page.waitForURL(/\/projects\/[0-9a-f-]{36}\/files/);
    assertQuiet(page, server);
    await page.context().close();
  },

  async "projects are made, renamed, deleted and restored"() {
    const page = await openPage(server, ada);
    await page.goto(server.url + "/");
    await page.getByRole("button", { name: "New project" }).first().click();
    await page.getByRole("menuitem", { name: "New project" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill(kHostile);
    await page.getByRole("button", { name: "New project" }).last().click();
    await page.waitForURL(/\/files/);
    await page.goto(server.url + "/");
    await page.getByRole("link", { name: kHostile }).waitFor();
    await look(page, "projects");
    await page.getByRole("button", { name: "Actions for " + kHostile }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Orders");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByRole("link", { name: "Orders" }).waitFor();
    await page.getByRole("button", { name: "Actions for Orders" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("link", { name: "Orders" }).waitFor({ state: "detached" });
    await page.getByRole("switch", { name: "Deleted projects" }).click();
    await page.getByRole("button", { name: "Restore" }).click();
    await page.getByText("Orders is back.").waitFor();
    await page.getByRole("switch", { name: "Deleted projects" }).click();
    await page.getByRole("link", { name: "Orders" }).waitFor();
    assert.notEqual(await page.title(), "hacked");
    assertQuiet(page, server);
    await page.context().close();
  },

  async "an archive comes back as a project"() {
    const project = await newProject(ada, "Archived");
    await ada.putFile(project, "data/some.csv", "a|b\n1|2\n");
    const page = await openPage(server, ada);
    await page.goto(`${server.url}/projects/${project}/settings`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download the project" }).click(),
    ]);
    const archive = join(folder, "archived.tar.gz");
    await download.saveAs(archive);
    await page.goto(server.url + "/");
    await page.getByRole("button", { name: "New project" }).first().click();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("menuitem", { name: "Import an archive" }).click();
    await (await chooser).setFiles(archive);
    await page.getByText("Archived has been imported.").waitFor();
    await page.waitForURL(/\/projects\/[0-9a-f-]{36}\/files/);
    const made = page.url().match(/projects\/([0-9a-f-]{36})/)[1];
    assert.notEqual(made, project);
    assert.equal((await ada.send("GET", `projects/${made}/files/data/some.csv`)).text, "a|b\n1|2\n");
    const broken = join(folder, "broken.tar.gz");
    writeFileSync(broken, "no archive");
    await page.goto(server.url + "/");
    await page.getByRole("button", { name: "New project" }).first().click();
    const again = page.waitForEvent("filechooser");
    await page.getByRole("menuitem", { name: "Import an archive" }).click();
    await (await again).setFiles(broken);
    await page.getByRole("alert").waitFor();
    await page.context().close();
  },

  async "general settings are kept"() {
    const project = await newProject(ada, "Settings");
    const page = await openPage(server, ada);
    await page.goto(`${server.url}/projects/${project}/settings/general`);
    await page.getByLabel("Delimiter of CSV files").fill(";");
    await page.getByLabel("Encoding of CSV files").selectOption("ISO-8859-1");
    await page.getByLabel("Keep finished tasks for").fill("30");
    await page.getByLabel("template").check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    const { body } = await ada.send("GET", `projects/${project}`);
    assert.deepEqual(body.settings, { csv_delimiter: ";", csv_encoding: "ISO-8859-1", retention_days: 30 });
    assert.equal(body.is_template, true);
    await look(page, "settings-general");
    assertQuiet(page, server);
    await page.context().close();
  },

  async "a token is shown once, works, and stops when deleted"() {
    const project = await ada.cloneDemo("basic-json", "Tokens");
    const page = await openPage(server, ada);
    await page.goto(`${server.url}/projects/${project}/settings/tokens`);
    await page.getByRole("heading", { name: "No token yet" }).waitFor();
    await page.getByRole("button", { name: "New token" }).first().click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill(kHostile);
    await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
    const shown = page.getByTestId("token");
    assert.match(await shown.textContent(), /^•+$/);
    await page.getByRole("button", { name: "Show", exact: true }).click();
    const token = (await shown.textContent()).trim();
    await page.getByRole("button", { name: "Copy token" }).click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), token);
    await look(page, "settings-tokens");
    const call = () =>
      fetch(`${server.url}/api/v1/${project}/files`, { headers: { Authorization: "Bearer " + token } });
    const answer = await call();
    assert.equal(answer.status, 200);
    assert.ok((await answer.json()).length > 0);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.reload();
    await page.getByText(kHostile).waitFor();
    assert.equal(await page.getByText(token).count(), 0);
    assert.equal(await page.getByText("never", { exact: true }).count(), 0);
    await page.getByRole("button", { name: "Delete the token" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("heading", { name: "No token yet" }).waitFor();
    assert.equal((await call()).status, 401);
    assertQuiet(page, server);
    await page.context().close();
  },

  async "members are added, changed and removed; viewers may not"() {
    const bob = await newUser(admin, "bob@example.com", "Bob");
    const project = await newProject(ada, "Members");
    const page = await openPage(server, ada);
    await page.goto(`${server.url}/projects/${project}/settings/members`);
    await page.getByRole("textbox", { name: "E-mail" }).fill("nobody@example.com");
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByRole("alert").first().waitFor();
    await page.getByRole("textbox", { name: "E-mail" }).fill("bob@example.com");
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByText("Bob is a member now.").waitFor();
    await page.getByLabel("Role of Bob").selectOption("viewer");
    await look(page, "settings-members");
    const seenByBob = await openPage(server, bob);
    await seenByBob.goto(`${server.url}/projects/${project}/settings/general`);
    await seenByBob.getByText("Only owners may change this.").waitFor();
    assert.equal(await seenByBob.getByRole("button", { name: "Save" }).count(), 0);
    await page.getByRole("row", { name: /Bob/ }).getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText("bob@example.com").waitFor({ state: "detached" });
    await seenByBob.reload();
    await seenByBob.getByText("project.not_found").waitFor();
    assertQuiet(page, server);
    await page.context().close();
    await seenByBob.context().close();
  },

  async "administrators manage users"() {
    const page = await openPage(server, admin);
    await page.goto(server.url + "/admin");
    await page.getByRole("button", { name: "New user" }).click();
    await page.getByRole("textbox", { name: "E-mail" }).fill("carol@example.com");
    await page.getByRole("textbox", { name: "Name" }).fill("Carol");
    await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
    const password = (await page.getByTestId("one-time-password").textContent()).trim();
    await look(page, "admin-users");
    const carol = await new Person(server).signIn("carol@example.com", password);
    await carol.changePassword(password, kPassword);
    await page.getByRole("button", { name: "Actions for Carol" }).click();
    await page.getByRole("menuitem", { name: "Disable" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
    await page.getByRole("row", { name: /Carol/ }).getByText("disabled").waitFor();
    await assert.rejects(carol.send("GET", "session"));
    assertQuiet(page, server);
    await page.context().close();
  },

  async "administrators see all projects, tasks and the audit log"() {
    const project = await ada.cloneDemo("basic-json", "Watched");
    assert.equal((await ada.run(project, { seed: 1 })).status, "SUCCEEDED");
    const page = await openPage(server, admin);
    await page.goto(server.url + "/admin/projects");
    await page.getByRole("link", { name: "Watched" }).waitFor();
    await look(page, "admin-projects");
    await page.goto(server.url + "/admin/tasks");
    await page
      .getByRole("row", { name: /Watched/ })
      .getByText("succeeded")
      .waitFor();
    await look(page, "admin-tasks");
    await page.goto(server.url + "/admin/audit");
    await page.getByLabel("Action begins with").fill("token.");
    await page.getByText("token.create").first().waitFor();
    await page.getByText("task.create").first().waitFor({ state: "detached" });
    await look(page, "admin-audit");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export as NDJSON" }).click(),
    ]);
    const lines = readFileSync(await download.path(), "utf8")
      .trim()
      .split("\n");
    assert.ok(lines.every((line) => JSON.parse(line).action.startsWith("token.")));
    assertQuiet(page, server);
    await page.context().close();
  },

  async "the instance has a name, sign-up and an announcement"() {
    const page = await openPage(server, admin);
    await page.goto(server.url + "/admin/settings");
    await page.getByLabel("Whoever reaches the server may create an account").check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    await page.getByRole("textbox", { name: "Announcement" }).fill(kHostile);
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByRole("status", { name: "Announcement" }).getByText(kHostile).waitFor();
    await look(page, "admin-settings");
    const stranger = await openPage(server);
    await stranger.goto(server.url + "/");
    await stranger.getByRole("button", { name: "Create an account" }).click();
    await stranger.getByRole("textbox", { name: "E-mail" }).fill("dora@example.com");
    await stranger.getByRole("textbox", { name: "Password" }).fill(kPassword);
    await stranger.getByRole("button", { name: "Create an account" }).first().click();
    await stranger.getByRole("heading", { name: "Projects", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Withdraw" }).click();
    await page.getByRole("status", { name: "Announcement" }).waitFor({ state: "detached" });
    assertQuiet(page, server);
    await page.context().close();
    await stranger.context().close();
  },

  async "ordinary users find no administration"() {
    const page = await openPage(server, ada);
    await page.goto(server.url + "/admin/users");
    await page.getByRole("heading", { name: "Nothing is at this address" }).waitFor();
    assert.equal(await page.getByRole("link", { name: "Administration" }).count(), 0);
    await look(page, "not-found");
    assertQuiet(page, server);
    await page.context().close();
  },

  async "everything can be read in German"() {
    const page = await openPage(server, ada, { locale: "de-DE" });
    await page.goto(server.url + "/");
    await page.getByRole("heading", { name: "Projekte", level: 1 }).waitFor();
    assert.equal(await page.getAttribute("html", "lang"), "de");
    await look(page, "projects-german");
    await page.getByRole("combobox", { name: "Sprache" }).selectOption("en");
    await page.getByRole("heading", { name: "Projects", level: 1 }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Projects", level: 1 }).waitFor();
    assertQuiet(page, server);
    await page.context().close();
  },

  async "an ended session asks to sign in again, and goes on where it was"() {
    const eve = await newUser(admin, "eve@example.com", "Eve");
    const project = await newProject(eve, "Interrupted");
    const page = await openPage(server, eve);
    await page.goto(`${server.url}/projects/${project}/settings/general`);
    await page.getByRole("heading", { name: "General" }).waitFor();
    await eve.send("DELETE", "sessions");
    await page.getByRole("link", { name: "Members" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.getByLabel("E-mail").fill("eve@example.com");
    await page.getByRole("textbox", { name: "Password" }).fill(kPassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Members" }).waitFor();
    assertQuiet(page, server);
    await page.context().close();
  },
});
