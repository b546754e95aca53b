// All that the editor's parts share: the files, what is open, who holds it, and what is done with it.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { encodePath } from "../api/client";
import type { FileMetadata } from "../api/types";
import { notifyDone, notifyProblem } from "../components/notify";
import { useProject } from "../project/project";
import { mayAs, useSession } from "../session/session";
import { choose } from "./choice_dialog";
import type { CodeEditorHandle, Target } from "./code/code_editor";
import { extensionOf } from "./content";
import { refreshFiles, useFiles } from "./files";
import { isDescriptor, useFindings } from "./findings";
import { useTexts } from "./texts";
import { useDocument } from "./use_document";
import { useFileActions } from "./use_file_actions";
import { useLanguage } from "./use_language";
import { holderOf, useLeases } from "./use_leases";
import { useSaving } from "./use_saving";
import { useUploads } from "./use_uploads";
import { isDirty, useWorkbench, workbenchOf } from "./workbench";

const kNoFiles: readonly FileMetadata[] = [];
const kBlockedInterval = 3_000;
const kInterval = 15_000;

export function useEditor() {
  const t = useTexts();
  const project = useProject();
  const { user } = useSession();
  const { "*": active = "" } = useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const mayEdit = mayAs(project.role, "editor");
  const workbench = useWorkbench(workbenchOf(user.id, project.id));
  const leases = useLeases(project.id, workbench, mayEdit);
  const list = useFiles(project.id, (files) => {
    const file = files.find((one) => one.name === active);
    return holderOf(file, leases, user.name) ? kBlockedInterval : kInterval;
  });
  const files = list.data ?? kNoFiles;
  const file = files.find((one) => one.name === active);
  const open = useDocument(project.id, workbench, file);
  const holder = holderOf(file, leases, user.name);
  const [target, setTarget] = useState<Target | null>(null);
  const [conflict, setConflict] = useState("");
  const [historyOf, setHistoryOf] = useState("");
  const [emptyFolders, setEmptyFolders] = useState<readonly string[]>([]);
  const code = useRef<CodeEditorHandle>(null);

  const base = `/projects/${project.id}/files`;
  const addressOf = useCallback((name: string) => (name ? `${base}/${encodePath(name)}` : base), [base]);
  const goTo = useCallback((name: string) => void navigate(addressOf(name)), [navigate, addressOf]);
  const showLine = useCallback(
    (name: string, line: number, column: number) => {
      setTarget({ file: name, line, column });
      goTo(name);
    },
    [goTo],
  );
  const saving = useSaving(project.id, workbench, leases, setConflict);

  useEffect(() => {
    if (file) workbench.open(file.name);
  }, [file, workbench]);
  useFreed(holder?.name ?? "", active, () => {
    leases.forget(active);
    notifyDone(t("freed"));
  });
  // An unsaved text from before is one's own again.
  const isUnsaved = open.document !== undefined && isDirty(open.document);
  useEffect(() => {
    if (mayEdit && isUnsaved && !holder && !leases.refused.has(active)) leases.touch(active);
  }, [mayEdit, isUnsaved, holder, leases, active]);

  const edit = useCallback(
    (name: string, text: string) => {
      workbench.edit(name, text);
      leases.touch(name);
    },
    [workbench, leases],
  );

  const closeNow = useCallback(
    (name: string) => {
      const index = workbench.tabs.indexOf(name);
      leases.release(name);
      workbench.close(name);
      if (name === active) goTo(workbench.tabs[Math.min(index, workbench.tabs.length - 1)] ?? "");
    },
    [workbench, leases, active, goTo],
  );
  const close = useCallback(
    (name: string) => {
      if (!workbench.isDirty(name)) return closeNow(name);
      choose({
        title: t("closeTitle", { name }),
        text: t("closeText"),
        choices: [
          { label: t("cancel"), onChoose: () => undefined },
          { label: t("discard"), color: "red", variant: "outline", onChoose: () => closeNow(name) },
          {
            label: t("save"),
            variant: "filled",
            onChoose: () => void saving.save(name).then((isSaved) => isSaved && closeNow(name)),
          },
        ],
      });
    },
    [workbench, closeNow, saving, t],
  );

  const onRenamed = useCallback(
    (from: string, to: string) => {
      workbench.renamed(from, to);
      if (from === active) void navigate(addressOf(to), { replace: true });
    },
    [workbench, active, navigate, addressOf],
  );
  const onFolder = useCallback((path: string) => setEmptyFolders((before) => [...before, path]), []);
  const actions = useFileActions({
    project: project.id,
    workbench,
    files,
    onOpen: goTo,
    onRenamed,
    onRemoved: closeNow,
    onFolder,
  });
  const uploads = useUploads(project.id);

  const isEntry = isDescriptor(open.document);
  const language = useLanguage(isEntry);
  const help = useMemo(
    () => (language && isEntry ? { language, name: active, files: files.map((one) => one.name) } : null),
    [language, isEntry, active, files],
  );
  const check = useFindings(project.id, open.document, (rest) =>
    rest === "" ? t("jsonEnd") : t("jsonError", { rest }),
  );
  const format = useCallback(() => {
    void formatted(workbench.get(active)?.text ?? "", active).then((text) => {
      if (text === undefined) notifyProblem(new Error(t("formatRefused")));
      else if (text !== workbench.get(active)?.text) {
        workbench.rewrite(active, text);
        leases.touch(active);
      }
    });
  }, [workbench, leases, active, t]);

  const refresh = useCallback(() => refreshFiles(queries, project.id), [queries, project.id]);

  // False: not all could be saved.
  const saveAll = useCallback(async () => {
    for (const name of workbench.dirtyNames()) if (!(await saving.save(name))) return false;
    return true;
  }, [workbench, saving]);

  return {
    project,
    refresh,
    saveAll,
    mayEdit,
    mayTakeOver: mayAs(project.role, "owner"),
    workbench,
    leases,
    list,
    files,
    file,
    active,
    open,
    isUnsaved,
    holder,
    isReadOnly: !mayEdit || holder !== null,
    target,
    conflict,
    setConflict,
    historyOf,
    setHistoryOf,
    emptyFolders,
    code,
    base,
    addressOf,
    goTo,
    showLine,
    saving,
    edit,
    close,
    actions,
    uploads,
    isEntry,
    help,
    check,
    format,
    canFormat: ["xml", "json"].includes(extensionOf(active)),
  };
}

export type Editor = ReturnType<typeof useEditor>;

// Formatting is loaded when it is first asked for.
async function formatted(text: string, name: string): Promise<string | undefined> {
  const { formatJson, formatXml } = await import("./code/format_xml");
  return extensionOf(name) === "json" ? formatJson(text) : formatXml(text);
}

// Calls back when a file that somebody held is free.
function useFreed(holder: string, active: string, onFreed: () => void): void {
  const before = useRef({ holder: "", active: "" });
  useEffect(() => {
    const last = before.current;
    before.current = { holder, active };
    if (last.active === active && last.holder !== "" && holder === "") onFreed();
  });
}
