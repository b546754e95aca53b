// A task and its log, as they go on: by events, and by asking again and again where events do not get through.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, data, projectPath, request } from "../api/client";
import { queries } from "../api/queries";
import type { Progress, Task } from "../api/types";
import { notifyProblem } from "../components/notify";
import { artifactsKey } from "./artifacts";
import { taskKey, tasksKey } from "./start_task";
import { appendLines, kNoLines, type LogLines } from "./task_log";
import { isFinal, newerTask, type Sample } from "./task_state";

const kPoll = 1000;
const kFlush = 100;

function readTask(project: string, task: string): Promise<Task> {
  return data(
    api.GET("/api/platform/v1/projects/{project_id}/tasks/{task_id}", {
      params: { path: { project_id: project, task_id: task } },
    }),
  );
}

export function useTaskQuery(project: string, task: string) {
  return useQuery({
    queryKey: taskKey(project, task),
    queryFn: () => readTask(project, task),
    structuralSharing: (before, now) => newerTask(before as Task | undefined, now as Task),
  });
}

interface Sinks {
  lines: (texts: string[]) => void;
  task: (task: Task) => void;
  progress: (progress: Progress) => void;
  live: (isLive: boolean) => void;
}

// Follows a task until it has ended or stop() is called.
class Follower {
  private source: EventSource | undefined;
  private timer: number | undefined;
  private offset = 0; // bytes of the log that are here
  private isStopped = false;

  constructor(
    private readonly project: string,
    private readonly id: string,
    private readonly sinks: Sinks,
  ) {}

  start(task: Task): void {
    if (isFinal(task.status)) this.readLog().catch(notifyProblem);
    else this.listen();
  }

  stop(): void {
    this.isStopped = true;
    this.source?.close();
    window.clearTimeout(this.timer);
  }

  private path(part: string): string {
    return projectPath(this.project, "tasks", this.id, part);
  }

  private listen(): void {
    const source = new EventSource(this.path("events"));
    this.source = source;
    source.addEventListener("open", () => this.sinks.live(true));
    source.addEventListener("state", (event) => this.takeTask(JSON.parse(event.data as string) as Task));
    source.addEventListener("progress", (event) => this.sinks.progress(JSON.parse(event.data as string) as Progress));
    source.addEventListener("log", (event) => {
      const { line, offset } = JSON.parse(event.data as string) as { line: string; offset: number };
      if (offset <= this.offset) return;
      this.offset = offset;
      this.sinks.lines([line]);
    });
    source.addEventListener("error", () => {
      this.sinks.live(false);
      // The browser comes back by itself unless it was refused, or the way does not take streams.
      if (source.readyState === EventSource.CLOSED) void this.poll();
    });
  }

  private takeTask(task: Task): void {
    this.sinks.task(task);
    if (isFinal(task.status)) this.stop();
  }

  private async poll(): Promise<void> {
    if (this.isStopped) return;
    try {
      const task = await readTask(this.project, this.id);
      await this.readLog();
      if (!this.isStopped) this.takeTask(task);
    } catch {
      // Asked again: the page shows what it has.
    }
    if (!this.isStopped) this.timer = window.setTimeout(() => void this.poll(), kPoll);
  }

  // All complete lines that are not here yet.
  private async readLog(): Promise<void> {
    const response = await request(this.path("log") + "?after=" + this.offset);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const end = bytes.lastIndexOf(0x0a);
    if (this.isStopped || end < 0) return;
    this.offset += end + 1;
    this.sinks.lines(new TextDecoder().decode(bytes.subarray(0, end)).split("\n"));
  }
}

// Many lines in a short time change the page once.
function makeBuffer(flush: (texts: string[]) => void) {
  let texts: string[] = [];
  let timer: number | undefined;
  const run = () => {
    timer = undefined;
    const taken = texts;
    texts = [];
    flush(taken);
  };
  return {
    add(more: string[]) {
      texts.push(...more);
      timer ??= window.setTimeout(run, kFlush);
    },
    stop() {
      window.clearTimeout(timer);
    },
  };
}

export interface Followed {
  log: LogLines;
  samples: Sample[];
  isLive: boolean;
}

const kMostSamples = 2000;

// Every second sample of a long run is enough.
function withSample(before: Sample[], records: number): Sample[] {
  const thinned = before.length < kMostSamples ? before : before.filter((_, index) => index % 2 === 0);
  return [...thinned, { at: performance.now(), records }];
}

export function useFollow(project: string, task: Task): Followed {
  const [log, setLog] = useState(kNoLines);
  const [samples, setSamples] = useState<Sample[]>([]);
  const [isLive, setIsLive] = useState(true);
  const id = task.id;
  useEffect(() => {
    setLog(kNoLines);
    setSamples([]);
    const key = taskKey(project, id);
    const buffer = makeBuffer((texts) => setLog((before) => appendLines(before, texts)));
    const follower = new Follower(project, id, {
      lines: buffer.add,
      live: setIsLive,
      task: (now) => {
        queries.setQueryData(key, now);
        if (!isFinal(now.status)) return;
        void queries.invalidateQueries({ queryKey: artifactsKey(project, id) });
        void queries.invalidateQueries({ queryKey: tasksKey(project) });
      },
      progress: (progress) => {
        queries.setQueryData<Task>(key, (before) => (before ? { ...before, progress } : before));
        setSamples((before) => withSample(before, progress.records_done));
      },
    });
    follower.start(queries.getQueryData<Task>(key) ?? task);
    return () => {
      follower.stop();
      buffer.stop();
    };
    // The task itself changes with each event: only another task is followed anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [project, id]);
  return { log, samples, isLive };
}
