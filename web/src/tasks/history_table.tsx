// The tasks of a project, newest first.
import { ActionIcon, Anchor, Checkbox, Code, Group, Menu, Table, Text, VisuallyHidden } from "@mantine/core";
import { IconChartBar, IconDots, IconRepeat, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "react-router";
import { api } from "../api/client";
import { queries } from "../api/queries";
import type { Task } from "../api/types";
import { confirm } from "../components/confirm";
import { notifyDone, notifyProblem } from "../components/notify";
import { StatusBadge } from "../components/status_badge";
import { TimeText } from "../components/time_text";
import { WideTable } from "../components/wide_table";
import { count, duration, time } from "../i18n/format";
import { useProject } from "../project/project";
import { mayAs } from "../session/session";
import { taskPath, tasksKey, useStartAgain } from "./start_task";
import { triggerText } from "./task_facts";
import { elapsed, isFinal } from "./task_state";
import { useTexts } from "./texts";

function useRemove(task: Task) {
  const t = useTexts();
  const remove = useMutation({
    mutationFn: () =>
      api.DELETE("/api/platform/v1/projects/{project_id}/tasks/{task_id}", {
        params: { path: { project_id: task.project_id, task_id: task.id } },
      }),
    onSuccess: () => {
      notifyDone(t("removed"));
      return queries.invalidateQueries({ queryKey: tasksKey(task.project_id) });
    },
    onError: notifyProblem,
  });
  return () =>
    confirm({
      title: t("removeTitle"),
      text: t("removeText", { artifacts: count(task.artifacts) }),
      yes: t("remove"),
      no: t("removeNo"),
      onYes: () => remove.mutate(),
    });
}

function RowMenu({ task }: { task: Task }) {
  const t = useTexts();
  const project = useProject();
  const again = useStartAgain(project.id);
  const remove = useRemove(task);
  const mayRun = mayAs(project.role, "editor");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("moreOf", { entry: task.entry })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayRun ? (
          <Menu.Item
            leftSection={<IconRepeat size={16} />}
            onClick={() => again.mutate(task.id, { onError: notifyProblem })}
          >
            {t("again")}
          </Menu.Item>
        ) : null}
        <Menu.Item
          leftSection={<IconChartBar size={16} />}
          component={Link}
          to={taskPath(project.id, task.id) + "/statistics"}
        >
          {t("statistics")}
        </Menu.Item>
        {mayRun && isFinal(task.status) ? (
          <Menu.Item color="var(--mantine-color-error)" leftSection={<IconTrash size={16} />} onClick={remove}>
            {t("remove")}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

interface RowProps {
  task: Task;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

function Row({ task, isChosen, onChoose }: RowProps) {
  const t = useTexts();
  const running = elapsed(task, Date.now());
  return (
    <Table.Tr data-task={task.id}>
      <Table.Td>
        <Checkbox
          aria-label={t("selectRun", { entry: task.entry, time: time(task.created_at) })}
          checked={isChosen}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td>
        <StatusBadge status={task.status} />
      </Table.Td>
      <Table.Td maw={260}>
        <Anchor component={Link} to={taskPath(task.project_id, task.id)} size="sm" truncate display="block">
          {task.entry}
        </Anchor>
      </Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>
        <TimeText value={task.created_at} />
      </Table.Td>
      <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
        {running === undefined ? "–" : duration(running)}
      </Table.Td>
      <Table.Td maw={200}>
        <Text size="sm" truncate title={task.created_by}>
          {task.created_by}
        </Text>
        <Text size="xs" c="dimmed">
          {triggerText(t, task.trigger)}
        </Text>
      </Table.Td>
      <Table.Td ta="right">{count(task.progress.records_done)}</Table.Td>
      <Table.Td ta="right">{count(task.artifacts)}</Table.Td>
      <Table.Td>
        <Code>{task.seed}</Code>
      </Table.Td>
      <Table.Td>
        {task.content_hash ? <Code title={task.content_hash}>{task.content_hash.slice(0, 10)}</Code> : "–"}
      </Table.Td>
      <Table.Td>
        <Group justify="flex-end">
          <RowMenu task={task} />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

interface HistoryTableProps {
  tasks: Task[];
  chosen: string[];
  onChoose: (chosen: string[]) => void;
}

export function HistoryTable({ tasks, chosen, onChoose }: HistoryTableProps) {
  const t = useTexts();
  // Two at most: the third takes the place of the first.
  const choose = (task: string, isChosen: boolean) =>
    onChoose(isChosen ? [...chosen, task].slice(-2) : chosen.filter((one) => one !== task));
  return (
    <WideTable label={t("history")} minWidth={1060}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={40}>
            <VisuallyHidden>{t("compare")}</VisuallyHidden>
          </Table.Th>
          <Table.Th miw={140}>{t("status")}</Table.Th>
          <Table.Th>{t("entry")}</Table.Th>
          <Table.Th>{t("created")}</Table.Th>
          <Table.Th ta="right">{t("duration")}</Table.Th>
          <Table.Th>{t("by")}</Table.Th>
          <Table.Th ta="right">{t("records")}</Table.Th>
          <Table.Th ta="right">{t("artifacts")}</Table.Th>
          <Table.Th>{t("seed")}</Table.Th>
          <Table.Th>{t("contentHash")}</Table.Th>
          <Table.Th ta="right">{t("actions")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tasks.map((task) => (
          <Row
            key={task.id}
            task={task}
            isChosen={chosen.includes(task.id)}
            onChoose={(isChosen) => choose(task.id, isChosen)}
          />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
