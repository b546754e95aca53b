// Files on their way to the server, one after the other, each with what became of it.
import { isProblem } from "../api/problem";
import { createFile, writeFile } from "./files";

export interface Upload {
  id: number;
  name: string; // in the project
  file: File;
  state: "waiting" | "sending" | "done" | "exists" | "refused";
  message: string;
}

let lastId = 0;

export function newUpload(name: string, file: File): Upload {
  lastId += 1;
  return { id: lastId, name, file, state: "waiting", message: "" };
}

// `isReplacing`: over the file that is there.
export async function send(project: string, upload: Upload, isReplacing: boolean): Promise<Upload> {
  try {
    if (isReplacing) await writeFile(project, upload.name, upload.file, "");
    else await createFile(project, upload.name, upload.file);
    return { ...upload, state: "done", message: "" };
  } catch (error) {
    if (isProblem(error, "file.exists")) return { ...upload, state: "exists", message: "" };
    const hint = isProblem(error) && error.body.hint ? " " + error.body.hint : "";
    return { ...upload, state: "refused", message: (error instanceof Error ? error.message : String(error)) + hint };
  }
}

export interface Dropped {
  name: string; // with the folders that were dropped with it
  file: File;
}

function readEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((found, failed) => reader.readEntries(found, failed));
}

async function filesOf(entry: FileSystemEntry, folder: string): Promise<Dropped[]> {
  const name = folder + entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((found, failed) => (entry as FileSystemFileEntry).file(found, failed));
    return [{ name, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const dropped: Dropped[] = [];
  // Folders are read in parts; an empty one is the end.
  for (let part = await readEntries(reader); part.length > 0; part = await readEntries(reader)) {
    for (const one of part) dropped.push(...(await filesOf(one, name + "/")));
  }
  return dropped;
}

// What was dropped, folders with all that is in them. The entries must be taken before the event ends.
export function droppedFiles(transfer: DataTransfer): Promise<Dropped[]> {
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry());
  const plain = [...transfer.files].map((file) => ({ name: file.name, file }));
  if (entries.some((entry) => entry === null)) return Promise.resolve(plain);
  return Promise.all(entries.map((entry) => filesOf(entry!, ""))).then((lists) => lists.flat());
}
