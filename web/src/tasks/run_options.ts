// The options of a run as they are typed, and as the server takes them.
import type { components } from "../api/schema";

export type TaskOptions = components["schemas"]["TaskOptions"];

export interface TypedOptions {
  seed: string;
  now: string;
  factor: string;
  environment: string;
  parameters: { name: string; value: string }[];
}

export const kNoOptions: TypedOptions = { seed: "", now: "", factor: "", environment: "", parameters: [] };

export function isTime(text: string): boolean {
  return text === "" || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text);
}

// What looks like a number or a truth value is one: the descriptor computes with it.
export function parameterValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && String(Number(text)) === text) return Number(text);
  return text;
}

export function toTaskOptions(entry: string, typed: TypedOptions): TaskOptions {
  const parameters = typed.parameters.filter((one) => one.name.trim() !== "");
  return {
    entry,
    count_factor: typed.factor === "" ? 1 : Number(typed.factor),
    ...(typed.seed === "" ? {} : { seed: Number(typed.seed) }),
    ...(typed.now === "" ? {} : { now: typed.now }),
    ...(typed.environment === "" ? {} : { environment: typed.environment }),
    ...(parameters.length === 0
      ? {}
      : { parameters: Object.fromEntries(parameters.map((one) => [one.name.trim(), parameterValue(one.value)])) }),
  };
}

const kEnvironmentFile = /^(?:.*\/)?conf\/([^/]+)\.env\.properties$/;

// The environments for which the project has a file.
export function environmentsOf(files: string[]): string[] {
  return [...new Set(files.map((name) => kEnvironmentFile.exec(name)?.[1]).filter((name) => name !== undefined))];
}
