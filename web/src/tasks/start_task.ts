// Starting tasks, and where one goes then.
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { api, data } from "../api/client";
import { queries } from "../api/queries";
import type { Task } from "../api/types";
import type { TaskOptions } from "./run_options";

export const tasksKey = (project: string) => ["project", project, "tasks"];
export const taskKey = (project: string, task: string) => ["project", project, "task", task];
export const taskPath = (project: string, task: string) => `/projects/${project}/tasks/${task}`;

function useThenShow(project: string) {
  const navigate = useNavigate();
  return (task: Task) => {
    queries.setQueryData(taskKey(project, task.id), task);
    void queries.invalidateQueries({ queryKey: tasksKey(project) });
    void navigate(taskPath(project, task.id));
  };
}

export function useStart(project: string) {
  return useMutation({
    mutationFn: (options: TaskOptions) =>
      data(
        api.POST("/api/platform/v1/projects/{project_id}/tasks", {
          params: { path: { project_id: project } },
          body: options,
        }),
      ),
    onSuccess: useThenShow(project),
  });
}

// With the same seed, clock and options.
export function useStartAgain(project: string) {
  return useMutation({
    mutationFn: (task: string) =>
      data(
        api.POST("/api/platform/v1/projects/{project_id}/tasks/{task_id}/again", {
          params: { path: { project_id: project, task_id: task } },
        }),
      ),
    onSuccess: useThenShow(project),
  });
}
