// The leases of the editor that is shown, and which files others hold.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useReducer } from "react";
import type { FileMetadata } from "../api/types";
import { notifyProblem } from "../components/notify";
import { filesKey } from "./files";
import { Leases } from "./leases";
import type { Workbench } from "./workbench";

export interface Holder {
  name: string;
  until: string;
}

export function useLeases(project: string, workbench: Workbench, mayEdit: boolean): Leases {
  const queries = useQueryClient();
  const [, changed] = useReducer((count: number) => count + 1, 0);
  const leases = useMemo(() => {
    const onChange = () => {
      changed();
      void queries.invalidateQueries({ queryKey: filesKey(project) });
    };
    return new Leases(project, workbench, onChange, notifyProblem);
  }, [project, workbench, queries]);
  useEffect(() => (mayEdit ? leases.start() : undefined), [leases, mayEdit]);
  return leases;
}

// Who else edits a file; null: nobody.
export function holderOf(file: FileMetadata | undefined, leases: Leases, me: string): Holder | null {
  const lease = file?.lock;
  if (!file || !lease || leases.held.has(file.name)) return null;
  // A lease of mine from another window does not keep me out, unless the server has said so.
  if (lease.holder === me && !leases.refused.has(file.name)) return null;
  return { name: lease.holder, until: lease.expires_at };
}
