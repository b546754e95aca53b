// The editor: files, texts, completion, findings, formatting, history, leases, two people at one file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { assertAccessible, assertQuiet, firstAdmin, look, newUser, openPage, runTests, startServer } from "./frame.mjs";

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

// A project of Ada with the descriptor above and other files; Ben edits, Vera reads.
async function newProject(files = {}) {
  const project = (await ada.send("POST", "projects", { name: "Shop" })).body.id;
  await ada.send("POST", `projects/${project}/members`, { email: "ben@example.com", role: "editor" });
  await ada.send("POST", `projects/${project}/members`, { email: "vera@example.com", role: "viewer" });
  for (const file of (await ada.send("GET", `projects/${project}/files`)).body) {
    await ada.send("DELETE", `projects/${project}/files/${encodeURIComponent(file.name)}`);
  }
  for (const [name, bytes] of Object.entries({ "datamimic.xml": kDescriptor, ...files })) {
    await ada.putFile(project, name, bytes);
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

  async "unsaved texts outlive a reload, and are asked about before they are lost"() {
    const project = await newProject({ "b.txt": "first" });
    const page = await openEditor(ada, project, "b.txt");
    page.on("dialog", (dialog) => dialog.accept());
    await textOf(page).getByText("first").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" draft");
    await page.getByRole("link", { name: "b.txt, unsaved" }).waitFor();
    await page.reload();
    await textOf(page).getByText("first draft").waitFor();
    await page.getByRole("link", { name: "Tasks" }).click();
    await page
      .getByRole("dialog", { name: "Leave with unsaved changes?" })
      .getByRole("button", { name: "Stay" })
      .click();
    assert.ok(page.url().endsWith("/files/b.txt"));
    await page.getByRole("button", { name: "Close b.txt" }).click();
    const question = page.getByRole("dialog", { name: "Save b.txt before closing?" });
    await question.waitFor();
    await look(page, "editor-close");
    await question.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Nothing is open").waitFor();
    assert.equal(await saved(project, "b.txt"), "first draft");
    // Leaving keeps the text, saving does not ask.
    await fileItem(page, "b.txt").click();
    await textOf(page).getByText("first draft").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" again");
    await page.getByRole("link", { name: "Tasks" }).click();
    await page.getByRole("button", { name: "Save and leave" }).click();
    await page.waitForURL(/tasks$/);
    assert.equal(await saved(project, "b.txt"), "first draft again");
    await done(page);
  },

  async "the tree is used by keyboard; files are made, moved, renamed, deleted"() {
    const project = await newProject({ "data/a.csv": "a,b\n", "data/deep/c.csv": "1\n" });
    const page = await openEditor(ada, project);
    await fileItem(page, "data").focus();
    await page.keyboard.press("ArrowRight");
    await fileItem(page, "a.csv").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await textOf(page).getByText("a,b").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "a.csv");
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "Name" }).fill("data/../x");
    await page.keyboard.press("Enter");
    await page.getByText("No part may be empty").waitFor();
    await page.getByRole("textbox", { name: "Name" }).fill("orders/a.csv");
    await page.keyboard.press("Enter");
    await page.waitForURL(/orders\/a\.csv$/);
    await textOf(page).getByText("a,b").waitFor();
    // By drag and drop into another folder.
    await fileItem(page, "a.csv").dragTo(fileItem(page, "data"));
    await page.waitForURL(/data\/a\.csv$/);
    await page.getByRole("button", { name: "New file" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("data/a.csv");
    await page.keyboard.press("Enter");
    await page.getByText("This name is taken.").waitFor();
    await page.getByRole("textbox", { name: "Name" }).fill("new/b.json");
    await page.keyboard.press("Enter");
    await page.waitForURL(/new\/b\.json$/);
    await fileItem(page, "b.json").focus();
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: "Download" }).waitFor();
    await look(page, "editor-menu");
    await page.keyboard.press("Escape");
    await fileItem(page, "data").focus();
    await page.keyboard.press("Delete");
    await page.getByText("2 files are deleted.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await fileItem(page, "data").waitFor({ state: "detached" });
    const names = (await ada.send("GET", `projects/${project}/files`)).body.map((file) => file.name);
    assert.deepEqual(names.sort(), ["datamimic.xml", "new/b.json"]);
    await done(page);
  },

  async "files are uploaded by button and by drop, each with what became of it"() {
    const project = await newProject();
    const page = await openEditor(ada, project);
    await fileItem(page, "datamimic.xml").waitFor();
    await page.getByTestId("upload").setInputFiles([
      { name: "one.csv", mimeType: "text/csv", buffer: Buffer.from("a\n1\n") },
      { name: "datamimic.xml", mimeType: "text/xml", buffer: Buffer.from("<setup/>") },
    ]);
    const uploads = page.getByRole("region", { name: "Uploads" });
    await uploads.getByText("1 of 2 uploaded").waitFor();
    await uploads.getByText("A file of this name exists.").waitFor();
    await look(page, "editor-uploads");
    await uploads.getByRole("button", { name: "Replace: datamimic.xml" }).click();
    await uploads.getByText("2 of 2 uploaded").waitFor();
    assert.equal(await saved(project, "datamimic.xml"), "<setup/>");
    const dropped = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["x"], "dropped.txt", { type: "text/plain" }));
      return transfer;
    });
    const tree = page.getByRole("tree", { name: "Files" });
    await tree.dispatchEvent("dragover", { dataTransfer: dropped });
    await tree.dispatchEvent("drop", { dataTransfer: dropped });
    await fileItem(page, "dropped.txt").waitFor();
    assert.equal(await saved(project, "dropped.txt"), "x");
    await done(page);
  },

  async "mistakes are shown as one types, and a click goes to their place"() {
    const project = await newProject();
    const page = await openEditor(ada, project, "datamimic.xml");
    await page.getByText("No problems").waitFor();
    await textOf(page).getByText("IncrementGenerator").dblclick();
    await page.keyboard.type("IncrementalGenerator");
    await page.keyboard.press("Escape");
    await page.locator(".cm-lintRange-error").first().waitFor();
    const problems = page.getByRole("region", { name: "Problems" });
    await problems.getByText("1 problem").waitFor();
    await page.locator(".cm-lint-marker-error").waitFor();
    await look(page, "editor-problems");
    await page.keyboard.press("Control+Home");
    await problems.getByRole("button", { name: /generator\.unknown/ }).click();
    await page.waitForFunction(
      () =>
        document.querySelector(".cm-activeLineGutter.cm-lint-marker, .cm-lineNumbers .cm-activeLineGutter")
          ?.textContent === "3",
    );
    // A broken document: the place of the mistake follows, old answers never stay.
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.keyboard.insertText("<setup><nope/></setup>");
    await problems.getByText("nope").first().waitFor();
    await done(page);
  },

  async "the language is completed and explained"() {
    const project = await newProject({ "data/cities.csv": "a\n" });
    const page = await openEditor(ada, project, "datamimic.xml");
    await textOf(page).getByText("IncrementGenerator").waitFor();
    await textOf(page).click();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.keyboard.type("<setup><gen");
    const options = page.getByRole("listbox").getByRole("option");
    await options
      .filter({ hasText: /^generate/ })
      .first()
      .click();
    await textOf(page).getByText("</generate>").waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.keyboard.insertText('<setup><generate name="g" source="');
    await page.keyboard.press("Control+Space");
    await options.filter({ hasText: "data/cities.csv" }).waitFor();
    await look(page, "editor-completion");
    // In the small window the text was another one's: it has lost the focus.
    await textOf(page).click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.keyboard.type('<setup><generate name="g"><variable name="p" entity="Per');
    await options
      .filter({ hasText: /^Person/ })
      .first()
      .click();
    assert.match(await textOf(page).innerText(), /entity="Person"?/);
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.keyboard.insertText(kDescriptor);
    await textOf(page).getByText("IncrementGenerator").hover();
    await page.locator(".cm-tooltip-hover").getByText("IncrementGenerator", { exact: false }).first().waitFor();
    await done(page);
  },

  async "documents are formatted without a change of meaning"() {
    const project = await newProject({
      "a.xml": "<setup><echo>  a  b </echo><!-- c --><generate  name='x' count='1'/></setup>",
      "b.json": '{"a":[1.0]}',
    });
    const page = await openEditor(ada, project, "a.xml");
    await textOf(page).getByText("echo").first().click();
    await page.keyboard.press("Shift+Alt+F");
    await page.getByRole("link", { name: "a.xml, unsaved" }).waitFor();
    await pressSave(page);
    await page.getByRole("link", { name: "a.xml", exact: true }).waitFor();
    assert.equal(
      await saved(project, "a.xml"),
      "<setup>\n  <echo>  a  b </echo>\n  <!-- c -->\n  <generate name='x' count='1'/>\n</setup>\n",
    );
    await fileItem(page, "b.json").click();
    await textOf(page).getByText("1.0").waitFor();
    await page.getByRole("button", { name: "Format" }).click();
    await page.getByRole("link", { name: "b.json, unsaved" }).waitFor();
    await pressSave(page);
    await page.getByRole("link", { name: "b.json", exact: true }).waitFor();
    await page.waitForFunction(() => !document.querySelector("[aria-label*=unsaved]"));
    assert.equal(await saved(project, "b.json"), '{\n  "a": [\n    1.0\n  ]\n}\n');
    await done(page);
  },

  async "the history shows what has changed, and restores"() {
    const project = await newProject({ "a.txt": "one\n" });
    await ben.putFile(project, "a.txt", "two\n");
    const page = await openEditor(ada, project, "a.txt");
    await textOf(page).getByText("two").waitFor();
    await page.getByRole("toolbar").getByRole("button", { name: "History" }).click();
    const dialog = page.getByRole("dialog", { name: "History of a.txt" });
    await dialog.getByText("by Ben").waitFor();
    await dialog.getByTestId("difference").getByText("one").first().waitFor();
    await dialog.getByTestId("difference").getByText("two").first().waitFor();
    await look(page, "editor-history");
    await dialog.getByRole("button", { name: "Restore" }).click();
    await page
      .getByRole("dialog", { name: /Restore the version/ })
      .getByRole("button", { name: "Restore" })
      .click();
    await textOf(page).getByText("one").waitFor();
    assert.equal(await saved(project, "a.txt"), "one\n");
    await done(page);
  },

  async "two people at one file: the second sees who edits, and may edit when it is free"() {
    const project = await newProject({ "a.txt": "text\n" });
    const first = await openEditor(ada, project, "a.txt");
    await textOf(first).getByText("text").click();
    await first.keyboard.type("A");
    await first.getByRole("link", { name: "a.txt, unsaved" }).waitFor();
    const second = await openEditor(ben, project, "a.txt");
    await second.getByText("Ada is editing this file").waitFor();
    await look(second, "editor-locked");
    await textOf(second).click();
    await second.keyboard.type("B");
    assert.equal(
      await textOf(second)
        .innerText()
        .then((text) => text.trim()),
      "text",
    );
    assert.equal(await second.getByRole("button", { name: "Take over" }).count(), 0);
    // Ada saves and goes: Ben has the new text, and the pen.
    await pressSave(first);
    await first.getByRole("link", { name: "a.txt", exact: true }).waitFor();
    await first.getByRole("button", { name: "Close a.txt" }).click();
    await second.getByText("Ada is editing this file").waitFor({ state: "detached" });
    await textOf(second).getByText(/A/).click();
    await second.keyboard.press("Control+End");
    await second.keyboard.type("B");
    await second.getByRole("link", { name: "a.txt, unsaved" }).waitFor();
    await first.goto(`${server.url}/projects/${project}/files/a.txt`);
    await first.getByText("Ben is editing this file").waitFor();
    // Ada owns the project: she may take the file over. Ben sees it, and his text stays.
    await first.getByRole("button", { name: "Take over" }).click();
    await first.getByRole("dialog").getByRole("button", { name: "Take over" }).click();
    await first.getByText("Ben is editing this file").waitFor({ state: "detached" });
    await textOf(first).click();
    await first.keyboard.press("Control+Home");
    await first.keyboard.type("C");
    await pressSave(first);
    await first.getByRole("link", { name: "a.txt", exact: true }).waitFor();
    await pressSave(second);
    await second.getByText("Ada is editing this file").waitFor();
    await second.getByText("What you have typed is kept here.").waitFor();
    assert.ok((await saved(project, "a.txt")).startsWith("C"));
    first.seen.complaints = [];
    await done(first);
    // Free again, but changed: nothing is overwritten unseen.
    await second.getByText("Ada is editing this file").waitFor({ state: "detached" });
    await pressSave(second);
    const conflict = second.getByRole("dialog", { name: "a.txt has changed on the server" });
    await conflict.getByTestId("difference").waitFor();
    await look(second, "editor-conflict");
    await conflict.getByRole("button", { name: "Overwrite with mine" }).click();
    await second.getByRole("link", { name: "a.txt", exact: true }).waitFor();
    assert.ok((await saved(project, "a.txt")).endsWith("B\n") || (await saved(project, "a.txt")).endsWith("B"));
    await done(second);
  },

  async "leases end with the tab and the editor"() {
    const project = await newProject({ "a.txt": "x" });
    const page = await openEditor(ada, project, "a.txt");
    await textOf(page).getByText("x").click();
    const taken = page.waitForResponse((response) => response.url().endsWith("/unlock"));
    await page.keyboard.type("y");
    await taken;
    assert.equal((await lockOf(project, "a.txt")).holder, "Ada");
    const given = page.waitForResponse((response) => response.url().endsWith("/lock"));
    await page.getByRole("link", { name: "Tasks" }).click();
    await page.getByRole("button", { name: "Leave", exact: true }).click();
    await given;
    assert.equal(await lockOf(project, "a.txt"), null);
    // The draft is still here.
    await page.getByRole("link", { name: "Files" }).click();
    await page.getByRole("link", { name: "a.txt, unsaved" }).click();
    await textOf(page).getByText(/y/).waitFor();
    await done(page);
  },

  async "nothing of a file is run: SVG, HTML and hostile names are text, pictures are pictures"() {
    const hostile = "<img src=x onerror=alert(1)>.txt";
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    const project = await newProject({
      "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      "b.html": "<script>alert(1)</script>",
      "c.png": png,
      "d.bin": new Uint8Array([1, 0, 2]),
      [hostile]: "harmless",
    });
    const page = await openEditor(ada, project);
    page.on("dialog", () => assert.fail("something was run"));
    for (const name of ["a.svg", "b.html"]) {
      await fileItem(page, name).click();
      await textOf(page).getByText("alert").waitFor();
    }
    await fileItem(page, "c.png").click();
    await page.getByRole("img", { name: "Picture c.png" }).waitFor();
    assert.ok(
      await page.getByRole("img", { name: "Picture c.png" }).evaluate((image) => image.decode().then(() => true)),
    );
    await look(page, "editor-picture");
    await fileItem(page, "d.bin").click();
    await page.getByText("This file is no text").waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("main").getByText("Download", { exact: true }).click();
    assert.deepEqual([...readFileSync(await (await download).path())], [1, 0, 2]);
    await fileItem(page, hostile).click();
    await textOf(page).getByText("harmless").waitFor();
    await done(page);
  },

  async "texts and names are found in all files"() {
    const project = await newProject({ "data/a.csv": "x\nüNeedle here\n", "b.txt": "no", "needle.txt": "" });
    const page = await openEditor(ada, project);
    await page.getByRole("button", { name: "Search in all files" }).click();
    await page.getByLabel("Text to find").fill("needle");
    await page.getByText("1 line in 1 files").waitFor();
    await page.getByRole("button", { name: "needle.txt" }).waitFor();
    await look(page, "editor-search");
    await page.getByRole("button").filter({ hasText: "üNeedle here" }).click();
    await textOf(page).getByText("üNeedle").waitFor();
    await page.waitForFunction(
      () => document.querySelector(".cm-lineNumbers .cm-activeLineGutter")?.textContent === "2",
    );
    await page.keyboard.press("Control+p");
    await page.getByRole("combobox", { name: "Name" }).fill("b.t");
    await look(page, "editor-quick-open");
    await page.keyboard.press("Enter");
    await page.waitForURL(/b\.txt$/);
    await page.keyboard.press("Alt+PageUp");
    await page.waitForURL(/a\.csv$/);
    await page.keyboard.press("Alt+1");
    await page.getByRole("tree").waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Find a file by its name").waitFor();
    await look(page, "editor-shortcuts");
    await done(page);
  },

  async "viewers read, in German too"() {
    const project = await newProject();
    const page = await openPage(server, vera, { locale: "de-DE" });
    await page.goto(`${server.url}/projects/${project}/files/datamimic.xml`);
    await textOf(page).getByText("IncrementGenerator").click();
    await page.getByText("Keine Probleme").waitFor();
    await page.keyboard.type("x");
    assert.ok(!(await textOf(page).innerText()).includes("x<"));
    assert.equal(await page.getByRole("button", { name: "Speichern" }).count(), 0);
    assert.equal(await page.getByRole("button", { name: "Neue Datei" }).count(), 0);
    await page.getByRole("button", { name: "In dieser Datei suchen" }).click();
    await page.getByPlaceholder("Suchen").waitFor();
    await page.mouse.move(0, 0);
    await look(page, "editor-viewer");
    // On a telephone the files are in a drawer.
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole("button", { name: "Dateien zeigen" }).click();
    await page.getByRole("dialog").getByRole("treeitem", { name: "datamimic.xml" }).waitFor();
    await page.mouse.move(0, 0);
    await assertAccessible(page, "the files in a drawer");
    await page.getByRole("dialog").getByRole("treeitem", { name: "datamimic.xml" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await done(page);
  },
});
