// The editor: files, texts, completion, findings, formatting, history, leases, two people at one file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { assertQuiet, firstAdmin, look, newUser, openPage, runTests, startServer } from "./frame.mjs";

const server = await startServer();
const admin = await firstAdmin(server);
const ada = await newUser(admin, "ada@example.com", "Ada");
const ben = await newUser(admin, "ben@example.com", "Ben");
const vera = await newUser(admin, "vera@example.com", "Vera");

const kDescriptor = `<setup>
  <generate name="customer" count="3" target="JSON">
    <key name="id" generator="IncrementGenerator"/>
  </generate>
</setup>
`;

async function createFile(person, project, name, bytes) {
  const form = new FormData();
  form.append("file", new Blob([bytes]), "file");
  const response = await fetch(
    `${server.url}/api/platform/v1/projects/${project}/files?name=${encodeURIComponent(name)}`,
    {
      method: "POST",
      headers: { cookie: person.cookie, "X-CSRF-Token": person.csrf },
      body: form,
    },
  );
  assert.equal(response.status, 201, await response.text());
}

// A project of Ada with the descriptor above and other files; Ben edits, Vera reads.
async function newProject(files = {}) {
  const project = (await ada.send("POST", "projects", { name: "Shop" })).body.id;
  await ada.send("POST", `projects/${project}/members`, { email: "ben@example.com", role: "editor" });
  await ada.send("POST", `projects/${project}/members`, { email: "vera@example.com", role: "viewer" });
  for (const file of (await ada.send("GET", `projects/${project}/files`)).body) {
    await ada.send("DELETE", `projects/${project}/files/${encodeURIComponent(file.name)}`);
  }
  for (const [name, bytes] of Object.entries({ "datamimic.xml": kDescriptor, ...files })) {
    await createFile(ada, project, name, bytes);
  }
  return project;
}

async function openEditor(person, project, name = "") {
  const page = await openPage(server, person);
  await page.goto(`${server.url}/projects/${project}/files/${name}`);
  return page;
}

const textOf = (page) => page.locator(".cm-content").first();
const fileItem = (page, name) => page.getByRole("treeitem", { name, exact: true });
const saved = (project, name) =>
  ada.send("GET", `projects/${project}/files/${encodeURIComponent(name)}`).then((answer) => answer.text);
const pressSave = (page) => page.keyboard.press("Control+s");
const lockOf = async (project, name) =>
  (await ada.send("GET", `projects/${project}/files`)).body.find((file) => file.name === name).lock;

async function done(page) {
  assertQuiet(page, server);
  await page.context().close();
}

await runTests({
  async "a file is opened, changed and saved; its tab tells what is unsaved"() {
    const project = await newProject({ "data/a.csv": "a,b\n1,2\n", "b.json": "{}" });
    const page = await openEditor(ada, project);
    await page.getByText("Nothing is open").waitFor();
    await look(page, "editor-empty");
    await fileItem(page, "datamimic.xml").click();
    await textOf(page).getByText("IncrementGenerator").waitFor();
    await page.getByText("No problems").waitFor();
    await look(page, "editor");
    await textOf(page).click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("<!-- mine -->");
    await page.getByRole("link", { name: "datamimic.xml, unsaved" }).waitFor();
    await pressSave(page);
    await page.getByRole("link", { name: "datamimic.xml", exact: true }).waitFor();
    assert.ok((await saved(project, "datamimic.xml")).startsWith("<!-- mine -->"));
    await done(page);
  },
});
