// Signing in, the first password, the account, languages and schemes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assertQuiet, kAdmin, kPassword, look, openPage, runTests, startServer } from "./frame.mjs";

const server = await startServer();

await runTests({
  async "the one-time password signs in once, then one's own"() {
    const page = await openPage(server);
    await page.goto(server.url + "/projects");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await look(page, "sign-in");
    await page.getByLabel("E-mail").fill(kAdmin);
    await page.getByRole("textbox", { name: "Password" }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("session.refused").waitFor();
    const oneTime = readFileSync(join(server.data, "initial-admin-password"), "utf8").trim();
    await page.getByRole("textbox", { name: "Password" }).fill(oneTime);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Set your own password" }).waitFor();
    await look(page, "first-password");
    await page.getByRole("textbox", { name: "Password until now" }).fill(oneTime);
    await page.getByRole("textbox", { name: "New password", exact: true }).fill(kPassword);
    await page.getByRole("textbox", { name: "New password again" }).fill("something else");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText("The two are not the same.").waitFor();
    await page.getByRole("textbox", { name: "New password again" }).fill(kPassword);
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByRole("heading", { name: "Projects", level: 1 }).waitFor();
    await page.goto(server.url + "/account");
    await page.getByRole("heading", { name: "Account" }).waitFor();
    await look(page, "account");
    await page.getByRole("button", { name: "Your account" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    assertQuiet(page, server);
    await page.context().close();
  },

  async "the first load is small and kept"() {
    const page = await openPage(server);
    await page.goto(server.url + "/");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    const loaded = await page.evaluate(() =>
      [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].map((one) => ({
        name: one.name,
        bytes: one.encodedBodySize,
        decoded: one.decodedBodySize,
      })),
    );
    const bytes = loaded.reduce((sum, one) => sum + one.bytes, 0);
    console.log(`      ${loaded.length} answers, ${bytes} bytes compressed`);
    assert.ok(bytes > 10_000 && bytes < 300_000, JSON.stringify(loaded));
    const scripts = loaded.filter((one) => /assets\/.*\.(js|css)$/.test(one.name));
    assert.ok(scripts.length >= 2);
    for (const script of scripts) {
      for (const [coding, sent] of [
        ["br", "br"],
        ["gzip;q=0.5", "gzip"],
        ["br;q=0", null],
        ["identity", null],
      ]) {
        const answer = await fetch(script.name, { headers: { "Accept-Encoding": coding } });
        // A file of a few bytes is no smaller for being compressed.
        const expected = script.decoded < 200 ? answer.headers.get("content-encoding") : sent;
        assert.equal(answer.headers.get("content-encoding"), expected, script.name + " " + coding);
        assert.equal((await answer.arrayBuffer()).byteLength, script.decoded);
        assert.match(answer.headers.get("cache-control"), /max-age=31536000, immutable/);
        assert.equal(answer.headers.get("vary"), "Accept-Encoding");
      }
    }
    await page.context().close();
  },

  async "each answer has a nonce of its own, and styles without it do nothing"() {
    const nonces = new Set();
    for (let i = 0; i < 3; ++i) {
      const answer = await fetch(server.url + "/");
      const nonce = answer.headers.get("content-security-policy").match(/'nonce-([0-9a-f]{32})'/)[1];
      assert.ok((await answer.text()).includes(`content="${nonce}"`));
      assert.equal(answer.headers.get("cache-control"), "no-store");
      nonces.add(nonce);
    }
    assert.equal(nonces.size, 3);
    const page = await openPage(server);
    await page.goto(server.url + "/");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.evaluate(() => {
      document.head.appendChild(document.createElement("style")).textContent = "h1 { color: rgb(1, 2, 3) !important; }";
      const script = document.createElement("script");
      script.textContent = "window.hacked = true";
      document.head.appendChild(script);
    });
    const colour = await page.evaluate(() => getComputedStyle(document.querySelector("h1")).color);
    assert.notEqual(colour, "rgb(1, 2, 3)");
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    await page.context().close();
  },
});
