// The pages in a browser: Swagger UI works and looks right, and nothing on it talks to anybody else.
//
//   node check.mjs PROGRAM       SCREENSHOTS=folder keeps pictures
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const program = resolve(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), "e2e-"));
const data = join(folder, "data");

function startServer() {
  const server = spawn(program, ["serve", "--data", data, "--listen", "127.0.0.1:0"]);
  return new Promise((found, failed) => {
    let said = "";
    server.stderr.on("data", (bytes) => {
      said += bytes;
      const address = said.match(/listening on (http:\/\/[^/]+)\//);
      if (address) found({ server, url: address[1] });
    });
    server.on("exit", () => failed(new Error("the server ended: " + said)));
  });
}

function mimus(...words) {
  return execFileSync(program, [...words, "--data", data], { encoding: "utf8" }).trim();
}

// A page that remembers what it asked for, and every complaint of the browser.
async function openPage(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(30000);
  const seen = { requests: [], complaints: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => {
    // Nobody is signed in: the page asks, and is told so.
    if (/status of 401/.test(message.text())) return;
    if (message.type() === "error" || message.type() === "warning") seen.complaints.push(message.text());
  });
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  await page.goto(url);
  return { page, seen };
}

function assertQuiet(seen, origin) {
  assert.deepEqual(seen.complaints, []);
  for (const request of seen.requests) {
    assert.ok(request.startsWith(origin + "/") || request.startsWith("data:"), "asked for " + request);
  }
}

async function picture(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, name + ".png") });
}

const tests = {
  async "the front page leads to the documentation"(browser, url) {
    const { page, seen } = await openPage(browser, url + "/");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.click("text=API documentation");
    await page.waitForSelector(".opblock");
    assertQuiet(seen, url);
    await page.close();
  },

  async "authorize, try an operation, see the answer"(browser, url, project, token) {
    const { page, seen } = await openPage(browser, url + "/external_api_docs");
    await page.waitForSelector(".opblock");
    await picture(page, "swagger");
    assert.match(await page.textContent(".info .title"), /Mimus External API/);
    await page.click("button.authorize");
    await page.fill(".auth-container input", token);
    await page.click(".auth-btn-wrapper .authorize");
    await page.click(".auth-btn-wrapper .btn-done");
    const operation = page.locator("#operations-Files-listFiles");
    await operation.locator(".opblock-summary-control").click();
    await operation.locator("button.try-out__btn").click();
    await operation.locator('tr[data-param-name="project_id"] input').fill(project);
    await operation.locator("button.execute").click();
    const answer = operation.locator(".live-responses-table");
    await answer.waitFor();
    assert.match(await answer.locator("tr.response .response-col_status").first().textContent(), /200/);
    assert.match(await answer.textContent(), /datamimic\.xml/);
    const curl = await operation.locator(".curl-command").textContent();
    assert.ok(curl.includes(`'${url}/api/v2/projects/${project}/files?limit=100'`), curl);
    assert.ok(curl.includes(`'Authorization: Bearer ${token}'`), curl);
    await picture(page, "answer");
    // The line is one that a terminal takes.
    const command = curl.slice(curl.indexOf("curl -X"));
    const printed = execFileSync("sh", ["-c", command.replace("curl ", "curl -q --noproxy '*' -s ")], { encoding: "utf8" });
    assert.ok(JSON.parse(printed).some((file) => file.name === "datamimic.xml"), printed);
    assertQuiet(seen, url);
    await page.reload();
    await page.waitForSelector(".opblock");
    assert.equal(await page.locator("button.authorize.locked").count(), 0, "the token outlived the page");
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
    assert.ok(!kept.includes(token));
    await page.close();
  },

  async "a file with a folder in its name can be tried"(browser, url, project, token) {
    const { page, seen } = await openPage(browser, url + "/external_api_docs");
    await page.waitForSelector(".opblock");
    await page.click("button.authorize");
    await page.fill(".auth-container input", token);
    await page.click(".auth-btn-wrapper .authorize");
    await page.click(".auth-btn-wrapper .btn-done");
    const operation = page.locator("#operations-Files-readFileAsBase64V1");
    await operation.locator(".opblock-summary-control").click();
    await operation.locator("button.try-out__btn").click();
    await operation.locator('tr[data-param-name="project_id"] input').fill(project);
    await operation.locator('tr[data-param-name="file_name"] input').fill("script/subscription.json");
    await operation.locator("button.execute").click();
    await operation.locator(".live-responses-table").waitFor();
    assert.match(await operation.locator(".live-responses-table tr.response .response-col_status").first().textContent(), /200/);
    assertQuiet(seen, url);
    await page.close();
  },

  async "the address of the page changes nothing"(browser, url) {
    const evil = encodeURIComponent("http://127.0.0.1:9/evil.json");
    for (const query of [`?url=${evil}`, `?configUrl=${evil}`, `?urls=${evil}&validatorUrl=${evil}#/?url=${evil}`]) {
      const { page, seen } = await openPage(browser, `${url}/external_api_docs${query}`);
      await page.waitForSelector(".opblock");
      assert.match(await page.textContent(".info .title"), /Mimus External API/);
      assertQuiet(seen, url);
      await page.close();
    }
  },

  async "a narrow window scrolls in one direction only"(browser, url) {
    const { page } = await openPage(browser, url + "/");
    for (const path of ["/", "/external_api_docs"]) {
      await page.setViewportSize({ width: 390, height: 800 });
      await page.goto(url + path);
      await page.waitForSelector(path === "/" ? "h1" : ".opblock");
      await picture(page, path === "/" ? "home-narrow" : "swagger-narrow");
      const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(content <= window + 1, `${path}: ${content} of ${window}`);
    }
    await page.close();
  },
};

const { server, url } = await startServer();
const project = mimus("project", "clone", "basic-json");
const words = ["token", "create", "--project", project, "--name", "e2e", "--expires", "2035-01-01", "--json"];
const { token } = JSON.parse(mimus(...words));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--disable-gpu", "--no-proxy-server"],
});
let failures = 0;
try {
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test(browser, url, project, token);
      console.log("ok   " + name);
    } catch (error) {
      failures += 1;
      console.log("FAIL " + name + "\n" + (error.stack ?? error));
    }
  }
} finally {
  await browser.close();
  server.removeAllListeners("exit");
  const gone = new Promise((done) => server.once("exit", done));
  server.kill("SIGTERM");
  await gone;
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failures ? 1 : 0);
