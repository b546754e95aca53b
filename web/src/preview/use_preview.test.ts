import { expect, test } from "vitest";
import type { Finding } from "../api/types";
import { afterAnswer, type PreviewAnswer, type PreviewState } from "./use_preview";

const kFinding: Finding = { severity: "error", code: "c", message: "m", file: "f", line: 1, column: 1, hint: "" };

function answer(rows: number, diagnostics: Finding[] = []): PreviewAnswer {
  const product = { name: "p", columns: ["a"], rows: Array.from({ length: rows }, () => ({ a: 1 })), truncated: false };
  return { products: [product], seed: 1, now: "", duration_ms: 1, diagnostics, log: [] };
}

const kBefore: PreviewState = { shown: answer(5), isStale: false, findings: [], log: [], isPending: true };

test("a mistake that leaves no rows keeps those before it", () => {
  const state = afterAnswer(kBefore, answer(0, [kFinding]));
  expect(state.shown).toBe(kBefore.shown);
  expect([state.isStale, state.findings.length, state.isPending]).toEqual([true, 1, false]);
});

test("rows before the place of a mistake are shown, and warnings hide nothing", () => {
  for (const found of [answer(2, [kFinding]), answer(0, [{ ...kFinding, severity: "warning" }]), answer(0)]) {
    const state = afterAnswer(kBefore, found);
    expect(state.shown).toBe(found);
    expect(state.isStale).toBe(false);
  }
});
