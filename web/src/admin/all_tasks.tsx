import { Anchor, NativeSelect, Stack, Table } from "@mantine/core";
import { IconHistoryOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, data } from "../api/client";
import { usePages } from "../api/pages";
import type { Task, TaskStatus } from "../api/types";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { MoreButton } from "../components/more_button";
import { PageHead } from "../components/page_head";
import { StatusBadge, useStatusTexts } from "../components/status_badge";
import { kStatuses } from "../tasks/task_filter";
import { TimeText } from "../components/time_text";
import { WideTable } from "../components/wide_table";
import { count } from "../i18n/format";
import { useTexts } from "./texts";

function TaskRows({ tasks, names }: { tasks: Task[]; names: Map<string, string> }) {
  return tasks.map((task) => (
    <Table.Tr key={task.id}>
      <Table.Td>
        <Anchor component={Link} to={`/projects/${task.project_id}/tasks/${task.id}`}>
          <StatusBadge status={task.status} />
        </Anchor>
      </Table.Td>
      <Table.Td style={{ overflowWrap: "anywhere" }}>{names.get(task.project_id) ?? task.project_id}</Table.Td>
      <Table.Td>{task.entry}</Table.Td>
      <Table.Td>{task.created_by}</Table.Td>
      <Table.Td>
        <TimeText value={task.created_at} />
      </Table.Td>
      <Table.Td ta="right">{count(task.progress.records_done)}</Table.Td>
    </Table.Tr>
  ));
}

export function AllTasks() {
  const t = useTexts();
  const statusText = useStatusTexts();
  const [status, setStatus] = useState<TaskStatus | "">("");
  const projects = useQuery({
    queryKey: ["projects", "names"],
    queryFn: () => data(api.GET("/api/platform/v1/projects", {})),
  });
  const names = new Map((projects.data ?? []).map((project) => [project.id, project.name]));
  const tasks = usePages(["tasks", "all", status], (cursor) =>
    api.GET("/api/platform/v1/tasks", { params: { query: { status: status || undefined, limit: 100, cursor } } }),
  );
  return (
    <Stack>
      <PageHead title={t("tasks")}>
        <NativeSelect
          aria-label={t("status")}
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value as TaskStatus | "")}
          data={[
            { value: "", label: t("status") + ": " + t("all") },
            ...kStatuses.map((one) => ({ value: one, label: statusText(one) })),
          ]}
        />
      </PageHead>
      <Loaded query={tasks}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState icon={<IconHistoryOff />} title={t("noTasks")}>
              {t("noTasksText")}
            </EmptyState>
          ) : (
            <WideTable label={t("tasks")} minWidth={760}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("status")}</Table.Th>
                  <Table.Th>{t("project")}</Table.Th>
                  <Table.Th>{t("entry")}</Table.Th>
                  <Table.Th>{t("by")}</Table.Th>
                  <Table.Th>{t("started")}</Table.Th>
                  <Table.Th ta="right">{t("records")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                <TaskRows tasks={found} names={names} />
              </Table.Tbody>
            </WideTable>
          )
        }
      </Loaded>
      <MoreButton query={tasks} />
    </Stack>
  );
}
