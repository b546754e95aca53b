// Asks for the preview of what is being typed: shortly after the last key, one request at a time, the older ones dropped.
import { useEffect, useRef, useState } from "react";
import { projectPath, request } from "../api/client";
import { isProblem, type Problem } from "../api/problem";
import { queries } from "../api/queries";
import type { Finding, Preview } from "../api/types";
import { parseExact } from "./exact_json";
import type { Row } from "./formats";
import type { PreviewSeed } from "./preview_seed";

export const kDebounce = 250;

export interface Product {
  name: string;
  columns: string[];
  rows: Row[];
  truncated: boolean;
}

export interface PreviewAnswer extends Omit<Preview, "products"> {
  products: Product[];
}

export interface PreviewWish extends PreviewSeed {
  project: string;
  entry: string;
  content: string;
  rows: number;
}

export interface PreviewState {
  shown?: PreviewAnswer; // the last one with rows
  isStale: boolean; // what is shown is older than the findings
  findings: Finding[];
  log: PreviewAnswer["log"];
  problem?: Problem | Error;
  isPending: boolean;
  retryIn?: number; // seconds
}

// What was seen last of a descriptor, also by a pane that is no more: a window of another width has another one.
const shownKey = (project: string, entry: string) => ["project", project, "preview", entry];

function firstState(project: string, entry: string): PreviewState {
  const shown = queries.getQueryData<PreviewAnswer>(shownKey(project, entry));
  return { shown, isStale: false, findings: [], log: [], isPending: true };
}

async function ask(wish: PreviewWish, signal: AbortSignal): Promise<PreviewAnswer> {
  const { entry, content, rows, seed, now } = wish;
  const response = await request(projectPath(wish.project, "preview"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ entry, content, rows, seed, now }),
    signal,
  });
  return parseExact(await response.text()) as PreviewAnswer;
}

// The state after an answer. A descriptor that makes no rows because of a mistake does not wipe out what is seen.
export function afterAnswer(before: PreviewState, answer: PreviewAnswer): PreviewState {
  const isBroken = answer.diagnostics.some((finding) => finding.severity === "error");
  const hasRows = answer.products.some((product) => product.rows.length > 0);
  const isStale = isBroken && !hasRows && before.shown !== undefined;
  return {
    shown: isStale ? before.shown : answer,
    isStale,
    findings: answer.diagnostics,
    log: answer.log,
    isPending: false,
  };
}

// The finding in a refusal, if it is about the descriptor.
function findingsOf(problem: unknown): Finding[] {
  if (!isProblem(problem) || !problem.body.file) return [];
  const { code = "", file, line = 0, column = 0, hint = "" } = problem.body;
  return [{ severity: "error", code, message: problem.message, file, line, column, hint }];
}

function afterRefusal(before: PreviewState, error: unknown): PreviewState {
  const findings = findingsOf(error);
  const problem = findings.length > 0 ? undefined : error instanceof Error ? error : new Error(String(error));
  return { ...before, isStale: before.shown !== undefined, findings, problem, isPending: false, retryIn: undefined };
}

// A server that is busy says when to come back.
function waitOf(error: unknown): number | undefined {
  return isProblem(error, "preview.busy") ? Math.max(1, error.retryAfter ?? 1) : undefined;
}

// Of one descriptor: for another one, a pane begins anew.
export function usePreview(wish: PreviewWish): PreviewState {
  const { project, entry, content, rows, seed, now } = wish;
  const [state, setState] = useState(() => firstState(project, entry));
  const isFirst = useRef(true);
  useEffect(() => {
    if (state.shown) queries.setQueryData(shownKey(project, entry), state.shown);
  }, [project, entry, state.shown]);
  useEffect(() => {
    const abort = new AbortController();
    let timer: number | undefined;
    const run = async () => {
      try {
        const answer = await ask({ project, entry, content, rows, seed, now }, abort.signal);
        setState((before) => afterAnswer(before, answer));
      } catch (error) {
        if (abort.signal.aborted) return;
        const wait = waitOf(error);
        if (wait === undefined) return setState((before) => afterRefusal(before, error));
        setState((before) => ({ ...before, retryIn: wait }));
        timer = window.setTimeout(() => void run(), wait * 1000);
      }
    };
    setState((before) => ({ ...before, isPending: true, retryIn: undefined }));
    timer = window.setTimeout(() => void run(), isFirst.current ? 0 : kDebounce);
    isFirst.current = false;
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [project, entry, content, rows, seed, now]);
  return state;
}
