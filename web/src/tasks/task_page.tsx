// One task: how it goes, what it has made, what it was made of, what it says.
import { Button, Stack } from "@mantine/core";
import { IconChartBar, IconPlayerStop, IconRepeat, IconRobot } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { api, data } from "../api/client";
import { queries } from "../api/queries";
import type { Task } from "../api/types";
import { confirm } from "../components/confirm";
import { Loaded } from "../components/loaded";
import { notifyProblem } from "../components/notify";
import { PageHead } from "../components/page_head";
import { useProject } from "../project/project";
import { mayAs } from "../session/session";
import { ArtifactList } from "./artifact_list";
import { CiDrawerOfAddress, useCiDrawer } from "./ci_drawer";
import { LogView } from "./log_view";
import { ProgressPanel } from "./progress_panel";
import { taskKey, taskPath, useStartAgain } from "./start_task";
import { TaskFacts } from "./task_facts";
import { isFinal, newerTask } from "./task_state";
import { useTexts } from "./texts";
import { useFollow, useTaskQuery } from "./use_task";

function CancelButton({ task }: { task: Task }) {
  const t = useTexts();
  const cancel = useMutation({
    mutationFn: () =>
      data(
        api.POST("/api/platform/v1/projects/{project_id}/tasks/{task_id}/cancel", {
          params: { path: { project_id: task.project_id, task_id: task.id } },
        }),
      ),
    onSuccess: (now) =>
      queries.setQueryData<Task>(taskKey(task.project_id, task.id), (before) => newerTask(before, now)),
    onError: notifyProblem,
  });
  const ask = () =>
    confirm({
      title: t("cancelTitle"),
      text: t("cancelText"),
      yes: t("cancelYes"),
      no: t("cancelNo"),
      onYes: () => cancel.mutate(),
    });
  return (
    <Button
      variant="light"
      color="red"
      size="compact-md"
      leftSection={<IconPlayerStop size={16} />}
      loading={cancel.isPending}
      onClick={ask}
    >
      {t("cancelRun")}
    </Button>
  );
}

function TaskActions({ task }: { task: Task }) {
  const t = useTexts();
  const project = useProject();
  const again = useStartAgain(project.id);
  const ci = useCiDrawer();
  const mayRun = mayAs(project.role, "editor");
  return (
    <>
      {mayRun && !isFinal(task.status) ? <CancelButton task={task} /> : null}
      {mayRun && isFinal(task.status) ? (
        <Button
          size="compact-md"
          leftSection={<IconRepeat size={16} />}
          loading={again.isPending}
          onClick={() => again.mutate(task.id, { onError: notifyProblem })}
        >
          {t("again")}
        </Button>
      ) : null}
      {task.status === "SUCCEEDED" ? (
        <Button
          component={Link}
          to={taskPath(project.id, task.id) + "/statistics"}
          variant="default"
          size="compact-md"
          leftSection={<IconChartBar size={16} />}
        >
          {t("statistics")}
        </Button>
      ) : null}
      <Button variant="default" size="compact-md" leftSection={<IconRobot size={16} />} onClick={ci.open}>
        {t("callFromCi")}
      </Button>
    </>
  );
}

function TaskView({ task }: { task: Task }) {
  const t = useTexts();
  const { log, samples, isLive } = useFollow(task.project_id, task);
  const logView = <LogView task={task} log={log} isLive={isLive} />;
  const failed = task.status === "FAILED";
  return (
    <>
      <PageHead title={t("runOf", { entry: task.entry })}>
        <TaskActions task={task} />
      </PageHead>
      <Stack gap="md">
        <ProgressPanel task={task} samples={samples} />
        {failed ? logView : null}
        <ArtifactList task={task} />
        <TaskFacts task={task} />
        {failed ? null : logView}
      </Stack>
      <CiDrawerOfAddress project={task.project_id} entry={task.entry} />
    </>
  );
}

export default function TaskPage() {
  const { project = "", task = "" } = useParams();
  const query = useTaskQuery(project, task);
  return <Loaded query={query}>{(found) => <TaskView key={found.id} task={found} />}</Loaded>;
}
