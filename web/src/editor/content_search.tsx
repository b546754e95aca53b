// Search in the names and the texts of all files, unsaved texts as they are now.
import { ActionIcon, Checkbox, Group, Progress, Text, TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowLeft } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { FileMetadata } from "../api/types";
import { isPicture } from "./content";
import classes from "./editor.module.css";
import { readFile } from "./files";
import { findLines, type FoundLine } from "./text_search";
import { useTexts } from "./texts";
import type { Workbench } from "./workbench";

const kLargest = 1 << 20; // bytes of a file that is searched
const kMostLines = 500;
const kMostOfFile = 50;

interface FoundFile {
  name: string;
  lines: FoundLine[];
}

interface Result {
  names: string[];
  files: FoundFile[];
  lines: number;
  done: number;
  skipped: number;
}

const kNothing: Result = { names: [], files: [], lines: 0, done: 0, skipped: 0 };

// Texts that were read once stay, by the hash of their bytes.
const kept = new Map<string, string | null>();

async function textOf(
  project: string,
  file: FileMetadata,
  workbench: Workbench,
  signal: AbortSignal,
): Promise<string | null> {
  const open = workbench.get(file.name);
  if (open?.content.kind === "text") return open.text;
  if (file.size > kLargest || isPicture(file.name)) return null;
  const known = kept.get(file.sha256);
  if (known !== undefined) return known;
  const { content } = await readFile(project, file, signal);
  const text = content.kind === "text" || content.kind === "excerpt" ? content.text : null;
  if (kept.size > 200) kept.clear();
  kept.set(file.sha256, text);
  return text;
}

// What is looked for.
export interface Wanted {
  text: string;
  isCaseMatched: boolean;
}

function useSearch(project: string, files: readonly FileMetadata[], workbench: Workbench, wanted: Wanted): Result {
  const [result, setResult] = useState(kNothing);
  const { text, isCaseMatched } = wanted;
  // The list is read again and again: only other bytes begin another search.
  const state = files.map((file) => file.sha256).join();
  useEffect(() => {
    setResult(kNothing);
    if (text.length < 2) return;
    const abort = new AbortController();
    void search(project, files, workbench, wanted, abort.signal, setResult).catch(() => undefined);
    return () => abort.abort();
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [project, state, workbench, text, isCaseMatched]);
  return result;
}

async function search(
  project: string,
  files: readonly FileMetadata[],
  workbench: Workbench,
  wanted: Wanted,
  signal: AbortSignal,
  show: (result: Result) => void,
): Promise<void> {
  const lower = wanted.text.toLowerCase();
  const result: Result = {
    ...kNothing,
    names: files.map((one) => one.name).filter((name) => name.toLowerCase().includes(lower)),
    files: [],
  };
  for (const file of files) {
    const text = result.lines < kMostLines ? await textOf(project, file, workbench, signal).catch(() => null) : null;
    if (signal.aborted) return;
    result.done += 1;
    if (text === null) result.skipped += 1;
    const lines = text === null ? [] : findLines(text, wanted.text, wanted.isCaseMatched, kMostOfFile);
    if (lines.length > 0) result.files.push({ name: file.name, lines });
    result.lines += lines.length;
    if (lines.length > 0 || result.done === files.length || result.done % 20 === 0)
      show({ ...result, files: [...result.files] });
  }
}

interface Props {
  project: string;
  files: readonly FileMetadata[];
  workbench: Workbench;
  wanted: Wanted;
  onWanted: (wanted: Wanted) => void;
  onClose: () => void;
  onShowLine: (file: string, line: number, column: number) => void;
}

export function ContentSearch({ project, files, workbench, wanted, onWanted, onClose, onShowLine }: Props) {
  const t = useTexts();
  const { text: typed, isCaseMatched } = wanted;
  const [text] = useDebouncedValue(typed, 250);
  const result = useSearch(project, files, workbench, { text, isCaseMatched });
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // A dialog that is open keeps its focus when this is made anew in a window of another size.
    const dialog = document.querySelector('[aria-modal="true"]');
    if (!dialog || dialog.contains(input.current)) input.current?.focus();
  }, []);
  return (
    <div className={classes.side} role="search">
      <Group gap={4} p={6} wrap="nowrap">
        <Tooltip label={t("backToTree")}>
          <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label={t("backToTree")}>
            <IconArrowLeft size={17} />
          </ActionIcon>
        </Tooltip>
        <Text size="sm" fw={600}>
          {t("searchFiles")}
        </Text>
      </Group>
      <div className={classes.searchForm}>
        <TextInput
          ref={input}
          size="sm"
          label={t("searchText")}
          description={t("searchHint")}
          value={typed}
          onChange={(event) => onWanted({ ...wanted, text: event.currentTarget.value })}
          onKeyDown={(event) => event.key === "Escape" && onClose()}
        />
        <Checkbox
          mt={6}
          size="xs"
          label={t("matchCase")}
          checked={isCaseMatched}
          onChange={(event) => onWanted({ ...wanted, isCaseMatched: event.currentTarget.checked })}
        />
        {text.length >= 2 ? <Summary result={result} count={files.length} /> : null}
      </div>
      <Found result={result} onShowLine={onShowLine} />
    </div>
  );
}

function Summary({ result, count }: { result: Result; count: number }) {
  const t = useTexts();
  const isDone = result.done === count;
  const found =
    result.lines >= kMostLines
      ? t("foundFirst", { count: result.lines })
      : t("found", { count: result.lines, files: result.files.length });
  const nothing = isDone && result.lines === 0 && result.names.length === 0;
  return (
    <div role="status">
      {isDone ? null : (
        <Progress
          mt={6}
          size="xs"
          value={(100 * result.done) / Math.max(count, 1)}
          aria-label={t("searching", { done: result.done, count })}
        />
      )}
      <Text size="xs" c="dimmed" mt={6}>
        {nothing ? t("foundNothing") : found}
        {isDone && result.skipped > 0 ? " " + t("skipped", { count: result.skipped }) : ""}
      </Text>
    </div>
  );
}

function Found({ result, onShowLine }: { result: Result; onShowLine: Props["onShowLine"] }) {
  const t = useTexts();
  return (
    <div className={classes.found} tabIndex={0} role="region" aria-label={t("searchFiles")}>
      {result.names.length > 0 ? (
        <>
          <Text size="xs" fw={600} className={classes.breaks}>
            {t("foundNames")}
          </Text>
          {result.names.slice(0, 50).map((name) => (
            <UnstyledButton key={name} className={classes.foundLine} onClick={() => onShowLine(name, 0, 0)}>
              {name}
            </UnstyledButton>
          ))}
        </>
      ) : null}
      {result.files.map((file) => (
        <div key={file.name}>
          <Text size="xs" fw={600} mt={6} className={classes.breaks}>
            {file.name}
          </Text>
          {file.lines.map((one) => (
            <UnstyledButton
              key={one.line}
              className={classes.foundLine}
              onClick={() => onShowLine(file.name, one.line, one.column)}
            >
              <span className={classes.lineNumber}>{one.line}</span> {one.before}
              <mark>{one.match}</mark>
              {one.after}
            </UnstyledButton>
          ))}
        </div>
      ))}
    </div>
  );
}
