// The tree of a project's files, made of their names.
import type { FileMetadata } from "../api/types";

export interface TreeNode {
  path: string; // "script/a.json"; "" is the project
  label: string;
  file: FileMetadata | null; // null: a folder
  children: TreeNode[];
}

export interface TreeRow {
  node: TreeNode;
  depth: number; // from 1
  position: number; // among its siblings, from 1
  siblings: number;
}

export const parentOf = (path: string) => path.slice(0, Math.max(path.lastIndexOf("/"), 0));
export const labelOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
export const joined = (folder: string, name: string) => (folder ? folder + "/" + name : name);

// All folders around a path, the outermost first.
export function foldersAround(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

function folder(path: string): TreeNode {
  return { path, label: labelOf(path), file: null, children: [] };
}

const kOrder = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function sort(node: TreeNode): void {
  node.children.sort(
    (a, b) =>
      Number(a.file !== null) - Number(b.file !== null) ||
      kOrder.compare(a.label, b.label) ||
      (a.path < b.path ? -1 : 1),
  );
  node.children.forEach(sort);
}

// `emptyFolders`: made, but without files yet.
export function treeOf(files: readonly FileMetadata[], emptyFolders: Iterable<string> = []): TreeNode {
  const root = folder("");
  const folders = new Map([["", root]]);
  const folderAt = (path: string): TreeNode => {
    const known = folders.get(path);
    if (known) return known;
    const made = folder(path);
    folders.set(path, made);
    folderAt(parentOf(path)).children.push(made);
    return made;
  };
  for (const path of emptyFolders) folderAt(path);
  for (const file of files) {
    folderAt(parentOf(file.name)).children.push({ path: file.name, label: labelOf(file.name), file, children: [] });
  }
  sort(root);
  return root;
}

// What is shown: the children of open folders.
export function visibleRows(root: TreeNode, isOpen: (path: string) => boolean): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (node: TreeNode, depth: number) => {
    node.children.forEach((child, index) => {
      rows.push({ node: child, depth, position: index + 1, siblings: node.children.length });
      if (!child.file && isOpen(child.path)) add(child, depth + 1);
    });
  };
  add(root, 1);
  return rows;
}

export function filesBelow(files: readonly FileMetadata[], path: string): FileMetadata[] {
  return files.filter((file) => file.name === path || file.name.startsWith(path + "/"));
}

// What is wrong with a name before the server is asked; the server has the last word.
export function nameProblem(name: string): "empty" | "segment" | null {
  if (name.trim() === "") return "empty";
  const isBad = (part: string) => part.trim() === "" || part === "." || part === "..";
  return name.includes("\\") || name.split("/").some(isBad) ? "segment" : null;
}
