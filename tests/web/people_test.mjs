// Signing in, the first password, the account, languages and schemes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assertQuiet, firstAdmin, folder, kAdmin, kPassword, look, openPage, runTests, startServer } from "./frame.mjs";

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
});
