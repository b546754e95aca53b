// The uploads of the page: a queue of one at a time, and their list.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { joined } from "./file_tree";
import { refreshFiles } from "./files";
import { newUpload, send, type Dropped, type Upload } from "./uploads";

export interface Uploads {
  list: readonly Upload[];
  add: (files: readonly Dropped[], folder: string) => void;
  replace: (upload: Upload) => void;
  clear: () => void;
}

export function useUploads(project: string): Uploads {
  const queries = useQueryClient();
  const [list, setList] = useState<Upload[]>([]);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const show = useCallback((changed: Upload) => {
    setList((before) => before.map((one) => (one.id === changed.id ? changed : one)));
  }, []);
  const enqueue = useCallback(
    (upload: Upload, isReplacing: boolean) => {
      const work = async () => {
        show({ ...upload, state: "sending", message: "" });
        show(await send(project, upload, isReplacing));
        await refreshFiles(queries, project);
      };
      queue.current = queue.current.then(work, work);
    },
    [project, queries, show],
  );
  const add = useCallback(
    (files: readonly Dropped[], folder: string) => {
      const made = files.map(({ name, file }) => newUpload(joined(folder, name), file));
      setList((before) => [...before.filter((one) => one.state !== "done"), ...made]);
      for (const upload of made) enqueue(upload, false);
    },
    [enqueue],
  );
  const replace = useCallback((upload: Upload) => enqueue(upload, true), [enqueue]);
  const clear = useCallback(
    () => setList((before) => before.filter((one) => one.state === "sending" || one.state === "waiting")),
    [],
  );
  return { list, add, replace, clear };
}
