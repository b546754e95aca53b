// The history of a project's tasks: find one, compare two, run one again.
import { Button, Group, Text } from "@mantine/core";
import { IconArrowsDiff, IconChevronRight, IconChevronsLeft, IconHistory, IconRobot } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "../api/client";
import { nextCursor } from "../api/pages";
import type { Task } from "../api/types";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { PageHead } from "../components/page_head";
import { useProject } from "../project/project";
import { mayAs } from "../session/session";
import { CiDrawerOfAddress, useCiDrawer } from "./ci_drawer";
import { HistoryFilters } from "./history_filters";
import { HistoryTable } from "./history_table";
import { tasksKey } from "./start_task";
import { isFiltered, toQuery } from "./task_filter";
import { isFinal } from "./task_state";
import { useTexts } from "./texts";

const kWhileRunning = 1500;

interface TaskPage {
  tasks: Task[];
  next?: string;
}

function useTasks(project: string, search: URLSearchParams) {
  const query = toQuery(search);
  return useQuery({
    queryKey: [...tasksKey(project), query],
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<TaskPage> => {
      const { data = [], response } = await api.GET("/api/platform/v1/projects/{project_id}/tasks", {
        params: { path: { project_id: project }, query },
      });
      return { tasks: data, next: nextCursor(response.headers.get("Link")) };
    },
    refetchInterval: ({ state }) => (state.data?.tasks.some((task) => !isFinal(task.status)) ? kWhileRunning : false),
  });
}

function NoTasks() {
  const t = useTexts();
  const project = useProject();
  const [search] = useSearchParams();
  if (isFiltered(search)) {
    return (
      <EmptyState icon={<IconHistory />} title={t("noMatches")}>
        {t("noMatchesHint")}
      </EmptyState>
    );
  }
  const mayRun = mayAs(project.role, "editor");
  return (
    <EmptyState
      icon={<IconHistory />}
      title={t("noTasks")}
      actions={
        <Button component={Link} to={`/projects/${project.id}/files`}>
          {t("openEditor")}
        </Button>
      }
    >
      {mayRun ? t("noTasksHint") : t("noTasksViewer")}
    </EmptyState>
  );
}

function Pages({ next }: { next?: string }) {
  const t = useTexts();
  const [search, setSearch] = useSearchParams();
  const go = (cursor?: string) => {
    const to = new URLSearchParams(search);
    if (cursor) to.set("cursor", cursor);
    else to.delete("cursor");
    setSearch(to);
  };
  if (!next && !search.has("cursor")) return null;
  return (
    <Group justify="center" mt="md">
      <Button
        variant="default"
        disabled={!search.has("cursor")}
        leftSection={<IconChevronsLeft size={16} />}
        onClick={() => go()}
      >
        {t("newest")}
      </Button>
      <Button variant="default" disabled={!next} rightSection={<IconChevronRight size={16} />} onClick={() => go(next)}>
        {t("older")}
      </Button>
    </Group>
  );
}

function CompareButton({ project, chosen }: { project: string; chosen: string[] }) {
  const t = useTexts();
  const [a, b] = chosen;
  if (!a || !b) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {t("compareHint")}
      </Text>
    );
  }
  return (
    <Button
      component={Link}
      to={`/projects/${project}/compare?a=${a}&b=${b}`}
      size="compact-md"
      leftSection={<IconArrowsDiff size={16} />}
    >
      {t("compare")}
    </Button>
  );
}

export default function TaskHistory() {
  const t = useTexts();
  const project = useProject();
  const [search] = useSearchParams();
  const [chosen, setChosen] = useState<string[]>([]);
  const query = useTasks(project.id, search);
  const ci = useCiDrawer();
  const hasTasks = (query.data?.tasks.length ?? 0) > 0;
  return (
    <>
      <PageHead title={t("history")}>
        {hasTasks ? <CompareButton project={project.id} chosen={chosen} /> : null}
        <Button variant="default" size="compact-md" leftSection={<IconRobot size={16} />} onClick={ci.open}>
          {t("callFromCi")}
        </Button>
      </PageHead>
      {hasTasks || isFiltered(search) ? <HistoryFilters /> : null}
      <Loaded query={query}>
        {({ tasks, next }) => (
          <>
            {tasks.length > 0 ? <HistoryTable tasks={tasks} chosen={chosen} onChoose={setChosen} /> : <NoTasks />}
            <Pages next={next} />
          </>
        )}
      </Loaded>
      <CiDrawerOfAddress project={project.id} entry={query.data?.tasks[0]?.entry ?? "datamimic.xml"} />
    </>
  );
}
