// What can be done with the files of a project, each with its question and its answer.
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { request } from "../api/client";
import type { FileMetadata } from "../api/types";
import { confirm } from "../components/confirm";
import { notifyDone, notifyProblem } from "../components/notify";
import { askName } from "./name_dialog";
import { filesBelow, joined, labelOf } from "./file_tree";
import { createTextFile, deleteFile, filePath, refreshFiles, renameFile } from "./files";
import { useTexts } from "./texts";
import type { Workbench } from "./workbench";

export interface FileActions {
  create: (folder: string) => void;
  createNamed: (name: string, text: string) => Promise<void>;
  createFolder: (folder: string) => void;
  rename: (path: string) => void;
  move: (path: string, folder: string) => void;
  remove: (path: string) => void;
  download: (name: string) => void;
}

interface Context {
  project: string;
  workbench: Workbench;
  files: readonly FileMetadata[];
  onOpen: (name: string) => void;
  onRenamed: (from: string, to: string) => void;
  onRemoved: (name: string) => void;
  onFolder: (path: string) => void;
}

const kFirstDescriptor = `<setup>
  <generate name="customer" count="10" target="JSON">
    <key name="id" generator="IncrementGenerator"/>
    <variable name="person" entity="Person"/>
    <key name="name" script="person.full_name"/>
  </generate>
</setup>
`;

// What a new file begins with.
export function firstText(name: string): string {
  return labelOf(name) === "datamimic.xml" ? kFirstDescriptor : name.endsWith(".json") ? "{}\n" : "";
}

async function save(project: string, name: string): Promise<void> {
  const response = await request(filePath(project, name));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = labelOf(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function useFileActions(context: Context): FileActions {
  const t = useTexts();
  const queries = useQueryClient();
  const { project, files, onOpen, onRenamed, onRemoved, onFolder } = context;
  return useMemo(() => {
    const refresh = () => refreshFiles(queries, project);
    const createNamed = async (name: string, text: string) => {
      await createTextFile(project, name, text);
      await refresh();
      onOpen(name);
    };
    // A folder moves with all of its files.
    const renameAll = async (from: string, to: string) => {
      for (const file of filesBelow(files, from)) {
        const name = to + file.name.slice(from.length);
        if (name === file.name) continue;
        await renameFile(project, file.name, name);
        onRenamed(file.name, name);
      }
    };
    const removeAll = async (path: string) => {
      for (const file of filesBelow(files, path)) {
        await deleteFile(project, file.name);
        onRemoved(file.name);
      }
    };
    return {
      createNamed,
      create: (folder) =>
        askName({
          title: t("newFile"),
          initial: folder ? folder + "/" : "",
          hint: t("nameHint"),
          submit: t("create"),
          onSubmit: (name) => createNamed(name, firstText(name)),
        }),
      createFolder: (folder) =>
        askName({
          title: t("newFolder"),
          initial: folder ? folder + "/" : "",
          hint: t("folderHint"),
          submit: t("create"),
          onSubmit: async (name) => onFolder(name.replace(/\/+$/, "")),
        }),
      rename: (path) =>
        askName({
          title: t("rename"),
          initial: path,
          hint: t("moveHint"),
          submit: t("rename"),
          onSubmit: (name) => renameAll(path, name).finally(refresh),
        }),
      move: (path, folder) => {
        const to = joined(folder, labelOf(path));
        if (to === path || folder === path || folder.startsWith(path + "/")) return;
        renameAll(path, to)
          .catch(notifyProblem)
          .finally(() => void refresh());
      },
      remove: (path) =>
        confirm({
          title: t("removeTitle", { name: path }),
          text: t("removeText", { count: filesBelow(files, path).length }),
          yes: t("remove"),
          no: t("cancel"),
          onYes: () =>
            void removeAll(path)
              .then(() => notifyDone(t("removed", { name: path })), notifyProblem)
              .finally(() => void refresh()),
        }),
      download: (name) => void save(project, name).catch(notifyProblem),
    };
  }, [t, queries, project, files, onOpen, onRenamed, onRemoved, onFolder]);
}
