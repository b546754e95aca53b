// What the tests of the page share: a real server, Debian's Chromium, people who sign in, axe, and pictures.
//
//   PICTURES=folder          keeps screenshots
//   PICTURES_WIDTHS=all      of all widths, not of the most telling ones only
//   MIMUS_TEST_ONLY=text     runs the tests whose name has this text
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const kAxe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const kPassword = "a long sentence for tests";
export const kAdmin = "admin@localhost";

export const program = resolve(process.argv[2] ?? "build/mimus");
export const folder = mkdtempSync(join(tmpdir(), "page-"));

const servers = [];

// Serves `data` on a free port; more options of `mimus serve` may follow.
export async function startServer(data = join(folder, "data"), ...options) {
  const words = ["serve", "--data", data, "--listen", "127.0.0.1:0", "--rate-limit", "0", "--failure-limit", "0"];
  const process_ = spawn(program, [...words, ...options]);
  const url = await new Promise((found, failed) => {
    let said = "";
    process_.stderr.on("data", (bytes) => {
      said += bytes;
      const address = said.match(/listening on (http:\/\/[^/]+)\//);
      if (address) found(address[1]);
    });
    process_.on("exit", () => failed(new Error("the server ended: " + said)));
  });
  const server = { process: process_, url, data };
  servers.push(server);
  return server;
}

export function mimus(server, ...words) {
  return execFileSync(program, [...words, "--data", server.data], { encoding: "utf8" }).trim();
}

// A client of the session API for what a test needs before it looks at the page.
export class Person {
  constructor(server) {
    this.server = server;
  }

  async signIn(email, password) {
    this.take(await this.send("POST", "session", { email, password }));
    return this;
  }

  async changePassword(old_password, new_password) {
    this.take(await this.send("POST", "session/password", { old_password, new_password }));
  }

  take(answer) {
    this.csrf = answer.body.csrf_token;
    this.cookie = answer.headers.get("set-cookie").split(";")[0];
  }

  // `body`: JSON, or bytes with their media type.
  async send(method, path, body, headers = {}) {
    const isRaw = body instanceof Uint8Array || body instanceof FormData || typeof body === "string";
    const response = await fetch(this.server.url + "/api/platform/v1/" + path, {
      method,
      headers: {
        ...(this.cookie ? { cookie: this.cookie, "X-CSRF-Token": this.csrf } : {}),
        ...(body === undefined || isRaw ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      body: body === undefined || isRaw ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = (response.headers.get("content-type") ?? "").includes("json");
    const answer = {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text ? JSON.parse(text) : null,
    };
    assert.ok(response.status < 400, `${method} ${path}: ${response.status} ${text}`);
    return answer;
  }

  // Makes a file, or what is in it anew.
  async putFile(project, name, text) {
    const path = `projects/${project}/files`;
    const files = (await this.send("GET", path)).body;
    if (files.some((file) => file.name === name)) {
      await this.send("PUT", `${path}/${name}`, text, { "Content-Type": "application/octet-stream" });
      return;
    }
    const form = new FormData();
    form.set("file", new Blob([text]), name);
    await this.send("POST", path, form);
  }

  // The project's id.
  async cloneDemo(demo, name) {
    return (await this.send("POST", "projects", { demo, name })).body.id;
  }

  // Runs a descriptor and waits for its end.
  async run(project, options = {}) {
    const made = (await this.send("POST", `projects/${project}/tasks`, options)).body;
    for (;;) {
      const task = (await this.send("GET", `projects/${project}/tasks/${made.id}`)).body;
      if (!["PENDING", "RUNNING"].includes(task.status)) return task;
      await new Promise((after) => setTimeout(after, 50));
    }
  }
}

// The admin of a new server, with a password of their own.
export async function firstAdmin(server) {
  const oneTime = readFileSync(join(server.data, "initial-admin-password"), "utf8").trim();
  const admin = await new Person(server).signIn(kAdmin, oneTime);
  await admin.changePassword(oneTime, kPassword);
  return admin;
}

// A new user with kPassword.
export async function newUser(admin, email, name) {
  const made = await admin.send("POST", "users", { email, name, password: kPassword });
  const person = await new Person(admin.server).signIn(email, kPassword);
  if (made.body.must_change_password) {
    await person.changePassword(kPassword, kPassword + "!");
    await person.changePassword(kPassword + "!", kPassword);
  }
  return person;
}

let browser;

// A browser window of its own, signed in as `person` (or nobody). `page.seen` holds what it asked for and complained of.
export async function openPage(server, person, options = {}) {
  browser ??= await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: "en-US",
    timezoneId: "UTC",
    reducedMotion: "reduce",
    acceptDownloads: true,
    ...options,
  });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.url });
  if (person) {
    const [name, value] = person.cookie.split("=");
    await context.addCookies([{ name, value, url: server.url, httpOnly: true, sameSite: "Lax" }]);
  }
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  page.seen = { requests: [], complaints: [] };
  page.on("request", (request) => page.seen.requests.push(request.url()));
  page.on("pageerror", (error) => page.seen.complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // An answer of 4xx that the page expects and shows.
    if (/Failed to load resource: the server responded with a status of 4/.test(message.text())) return;
    page.seen.complaints.push(message.text());
  });
  return page;
}

// Puts text where the keyboard is, as people do who copy it: what a browser makes of typing many lines at once carries
// styles of its own, of which the page's policy complains.
export async function paste(page, text) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press("Control+v");
}

// Nothing was complained of, and nobody but the server was asked.
export function assertQuiet(page, server) {
  assert.deepEqual(page.seen.complaints, []);
  for (const request of page.seen.requests) {
    assert.ok(/^(data|blob):/.test(request) || request.startsWith(server.url + "/"), "asked for " + request);
  }
}

// No violation that axe knows of (WCAG 2.2 A and AA, best practices).
export async function assertAccessible(page, what) {
  // By the debugger: the page's policy takes no script elements.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(kAxe);
  const found = await page.evaluate(async () => {
    const done = await window.axe.run(document, { resultTypes: ["violations"] });
    return done.violations.map((one) => ({
      rule: one.id,
      help: one.help,
      nodes: one.nodes.map((node) => node.html.slice(0, 200) + " " + (node.any[0]?.message ?? "")),
    }));
  });
  assert.deepEqual(found, [], what);
}

export async function assertNoSidewaysScrolling(page, what) {
  const wide = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide[0] <= wide[1], `${what}: ${wide[0]} px of content in ${wide[1]} px`);
}

const kWidths = process.env.PICTURES_WIDTHS === "all" ? [360, 768, 1280, 1920, 3840] : [360, 1280, 1920];

// The scheme has been taken over, and nothing moves any more.
async function settled(page, colorScheme) {
  await page.waitForFunction((wanted) => document.documentElement.dataset.mantineColorScheme === wanted, colorScheme);
  const twoFrames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await page.evaluate(twoFrames);
  // Bars that show that something is under way go on for ever.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every((one) => one.playState !== "running" || one.effect?.getTiming().iterations === Infinity),
  );
  await page.evaluate(twoFrames);
}

// Looks at the page as it is, at several widths, light and dark: accessible, nothing beside the window. Keeps pictures.
export async function look(page, name) {
  const before = page.viewportSize();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const width of kWidths) {
      await page.setViewportSize({ width, height: width < 500 ? 740 : 900 });
      await settled(page, colorScheme);
      const what = `${name} ${width} px ${colorScheme}`;
      await assertNoSidewaysScrolling(page, what);
      if (process.env.PICTURES) {
        mkdirSync(process.env.PICTURES, { recursive: true });
        await page.screenshot({ path: join(process.env.PICTURES, `${name}-${width}-${colorScheme}.png`) });
      }
      if (width !== 1920) await assertAccessible(page, what);
    }
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(before);
}

// Runs tests one after the other: a table of names and functions. The exit code tells.
export async function runTests(tests) {
  let failed = 0;
  try {
    for (const [name, test] of Object.entries(tests)) {
      if (process.env.MIMUS_TEST_ONLY && !name.includes(process.env.MIMUS_TEST_ONLY)) continue;
      const begin = Date.now();
      try {
        await test();
        console.log(`ok    ${name} (${Date.now() - begin} ms)`);
      } catch (error) {
        failed += 1;
        console.log(`FAIL  ${name}\n${error.stack}`);
        await keepLastPictures(name);
      }
    }
  } finally {
    await browser?.close();
    for (const server of servers) server.process.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(failed ? 1 : 0);
}

async function keepLastPictures(name) {
  if (!process.env.PICTURES || !browser) return;
  let index = 0;
  for (const context of browser.contexts()) {
    for (const page of context.pages()) {
      index += 1;
      await page
        .screenshot({ path: join(process.env.PICTURES, `failed-${name.replaceAll(/\W+/g, "-")}-${index}.png`) })
        .catch(() => {});
    }
  }
}
