// Who edits a file. A lease is taken when the first change is typed, renewed while there are changes, and given back when
// they are saved and nobody types any more, the file is closed, or the editor is left. On the server "unlock" takes a
// lease and "lock" gives it back.
import { api, data, request } from "../api/client";
import { isProblem } from "../api/problem";
import { filePath } from "./files";
import type { Workbench } from "./workbench";

const kRenewal = 20_000; // of 60 s
const kIdle = 45_000; // without unsaved changes a lease is kept for so long

export class Leases {
  readonly held = new Set<string>();
  // Refused, by whoever holds it: the list of files tells who.
  readonly refused = new Set<string>();
  private readonly edited = new Map<string, number>();
  private readonly asking = new Set<string>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly project: string,
    private readonly workbench: Workbench,
    private readonly onChange: () => void,
    private readonly onProblem: (error: unknown) => void,
  ) {}

  start(): () => void {
    const leave = () => this.releaseAll();
    this.timer = setInterval(() => this.renew(), kRenewal);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(this.timer);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }

  touch(name: string): void {
    this.edited.set(name, Date.now());
    if (!this.held.has(name) && !this.refused.has(name)) void this.take(name, false);
  }

  // True when the lease is mine now.
  async take(name: string, force: boolean): Promise<boolean> {
    if (this.asking.has(name)) return false;
    this.asking.add(name);
    try {
      await data(
        api.POST("/api/platform/v1/projects/{project_id}/files/{file_name}/unlock", {
          params: { path: { project_id: this.project, file_name: name } },
          body: { force },
        }),
      );
      this.held.add(name);
      this.refused.delete(name);
      return true;
    } catch (error) {
      this.held.delete(name);
      if (isProblem(error, "file.locked")) this.refused.add(name);
      // Without a connection, or when the file is gone, saving will tell.
      else if (!isProblem(error, "network") && !isProblem(error, "file.not_found")) this.onProblem(error);
      return false;
    } finally {
      this.asking.delete(name);
      this.onChange();
    }
  }

  release(name: string): void {
    if (!this.held.delete(name)) return;
    // Also while the page is being left.
    request(filePath(this.project, name) + "/lock", { method: "POST", keepalive: true }).then(
      this.onChange,
      () => undefined,
    );
    this.onChange();
  }

  releaseAll(): void {
    for (const name of [...this.held]) this.release(name);
  }

  // A save was refused: somebody else holds it by now.
  refuse(name: string): void {
    this.held.delete(name);
    this.refused.add(name);
    this.onChange();
  }

  // Nobody holds it any more.
  forget(name: string): void {
    if (this.refused.delete(name)) this.onChange();
  }

  private renew(): void {
    for (const name of [...this.held]) {
      const isIdle = Date.now() - (this.edited.get(name) ?? 0) > kIdle;
      if (isIdle && !this.workbench.isDirty(name)) this.release(name);
      else void this.take(name, false);
    }
  }
}
