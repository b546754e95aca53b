// Saving of texts, and what happens when the server refuses.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { isProblem } from "../api/problem";
import { notifyProblem } from "../components/notify";
import { encodeText } from "./content";
import { filesKey, refreshFiles, rememberFile, writeFile } from "./files";
import type { Leases } from "./leases";
import type { Workbench } from "./workbench";

export interface Saving {
  // True when what is in the editor is on the server.
  save: (name: string) => Promise<boolean>;
  overwrite: (name: string) => Promise<boolean>;
  saving: string; // name of the file on its way, or empty
  lastSaved: string; // for the live region
}

// `onConflict`: the file is another one than the text was made of.
export function useSaving(
  project: string,
  workbench: Workbench,
  leases: Leases,
  onConflict: (name: string) => void,
): Saving {
  const queries = useQueryClient();
  const [saving, setSaving] = useState("");
  const [lastSaved, setLastSaved] = useState("");
  const running = useRef(new Map<string, Promise<boolean>>());

  const write = useCallback(
    async (name: string, isOverwriting: boolean): Promise<boolean> => {
      const document = workbench.get(name);
      if (document?.content.kind !== "text") return true;
      const { text, etag, lineEnd } = document;
      setSaving(name);
      try {
        const { metadata, etag: now } = await writeFile(
          project,
          name,
          encodeText(text, lineEnd),
          isOverwriting ? "" : etag,
        );
        await rememberFile(queries, project, metadata);
        workbench.saved(name, text, now);
        setLastSaved(name);
        void refreshFiles(queries, project);
        return true;
      } catch (error) {
        if (isProblem(error, "file.changed") || isProblem(error, "file.not_found")) {
          await queries.invalidateQueries({ queryKey: filesKey(project) });
          if (isProblem(error, "file.changed")) onConflict(name);
          else notifyProblem(error);
        } else {
          if (isProblem(error, "file.locked")) leases.refuse(name);
          notifyProblem(error);
        }
        return false;
      } finally {
        setSaving("");
      }
    },
    [project, workbench, leases, queries, onConflict],
  );

  // One save of a file after the other: a second one may find a newer text, and needs the first one's tag.
  const inTurn = useCallback(
    (name: string, isOverwriting: boolean) => {
      const before = running.current.get(name) ?? Promise.resolve(true);
      const next = before.then(() => (workbench.isDirty(name) || isOverwriting ? write(name, isOverwriting) : true));
      running.current.set(name, next);
      return next;
    },
    [write, workbench],
  );
  const save = useCallback((name: string) => inTurn(name, false), [inTurn]);
  const overwrite = useCallback((name: string) => inTurn(name, true), [inTurn]);
  return { save, overwrite, saving, lastSaved };
}
