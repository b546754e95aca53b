// The session API, typed by its own OpenAPI document (schema.d.ts, made by scripts/pages). Refusals are thrown as
// Problem; a session that has ended tells the whole page.
import createClient from "openapi-fetch";
import { problemOf, unreachable } from "./problem";
import type { paths } from "./schema";

const kUnsafe = new Set(["POST", "PUT", "PATCH", "DELETE"]);

let csrfToken = "";
let onSignedOut: () => void = () => undefined;

export function setCsrfToken(token: string): void {
  csrfToken = token;
}

export function whenSignedOut(callback: () => void): void {
  onSignedOut = callback;
}

// fetch with the page's rules: CSRF token, refusals thrown. For bodies and answers that are no JSON.
export async function request(path: string | Request, init: RequestInit = {}): Promise<Response> {
  const wanted = new Request(path, init);
  if (kUnsafe.has(wanted.method) && csrfToken) wanted.headers.set("X-CSRF-Token", csrfToken);
  let response: Response;
  try {
    response = await fetch(wanted);
  } catch (error) {
    if (wanted.signal.aborted) throw error;
    throw unreachable();
  }
  if (response.ok || response.status === 304) return response;
  const problem = await problemOf(response);
  if (problem.code === "session.missing") onSignedOut();
  throw problem;
}

export const api = createClient<paths>({ baseUrl: "/", fetch: (wanted) => request(wanted) });

// The body of an answer of `api`.
export async function data<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

// The path of a resource of a project, for links and for request().
export function projectPath(project: string, ...segments: string[]): string {
  return ["/api/platform/v1/projects", encodeURIComponent(project), ...segments.map(encodePath)].join("/");
}

// Names of files keep their slashes.
export function encodePath(name: string): string {
  return name.split("/").map(encodeURIComponent).join("/");
}
