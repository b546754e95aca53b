// How far a task is: bar, records, speed, time left, bytes.
import { Alert, Anchor, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import type { Task } from "../api/types";
import { StatusBadge, statusColor } from "../components/status_badge";
import { bytes, count, duration } from "../i18n/format";
import { fileLink } from "./file_link";
import { elapsed, isFinal, timeLeft, type Sample } from "./task_state";
import { useTexts } from "./texts";
import { ThroughputChart } from "./throughput_chart";

// The present time, moving while something runs.
function useNow(isMoving: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  const { start, stop } = useInterval(() => setNow(Date.now()), 500);
  useEffect(() => {
    if (isMoving) start();
    return stop;
  }, [isMoving, start, stop]);
  return now;
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="dd" m={0} fw={600} style={{ fontVariantNumeric: "tabular-nums" }}>
        {value}
      </Text>
    </div>
  );
}

function Figures({ task }: { task: Task }) {
  const t = useTexts();
  const now = useNow(!isFinal(task.status));
  const { progress } = task;
  const running = elapsed(task, now);
  const left = task.status === "RUNNING" && running !== undefined ? timeLeft(progress, running) : undefined;
  const records =
    progress.records_total === null
      ? count(progress.records_done)
      : t("of", { done: count(progress.records_done), total: count(progress.records_total) });
  return (
    <Group component="dl" gap="xl" m={0}>
      <Figure label={t("records")} value={records} />
      <Figure label={t("perSecond")} value={count(Math.round(progress.records_per_second))} />
      <Figure label={t("written")} value={bytes(progress.bytes_written)} />
      {running === undefined ? null : <Figure label={t("duration")} value={duration(running)} />}
      {left === undefined ? null : <Figure label={t("timeLeft")} value={duration(left)} />}
    </Group>
  );
}

function Bar({ task }: { task: Task }) {
  const t = useTexts();
  const { fraction } = task.progress;
  const isRunning = task.status === "RUNNING";
  // Nobody knows how many there will be.
  const isOpen = isRunning && fraction === 0;
  const value = task.status === "SUCCEEDED" || isOpen ? 100 : fraction * 100;
  return (
    <Progress.Root size="lg" aria-label={t("progress")}>
      <Progress.Section
        value={value}
        color={statusColor(task.status)}
        animated={isRunning}
        striped={isOpen}
        aria-label={t("progress")}
        aria-valuetext={isOpen ? t("unknown") : undefined}
      />
    </Progress.Root>
  );
}

function TaskError({ task }: { task: Task }) {
  const { error } = task;
  if (!error) return null;
  const { file, line, column } = error;
  return (
    <Alert color="red" icon={<IconAlertTriangle />} role="alert" title={error.detail || error.title}>
      <Stack gap={4}>
        {error.hint ? <Text size="sm">{error.hint}</Text> : null}
        {file ? (
          <Anchor component={Link} to={fileLink(task.project_id, file, line, column)} size="sm" ff="monospace">
            {line ? `${file}:${line}:${column ?? 1}` : file}
          </Anchor>
        ) : null}
        <Text size="xs" ff="monospace">
          {error.code}
        </Text>
      </Stack>
    </Alert>
  );
}

export function ProgressPanel({ task, samples }: { task: Task; samples: Sample[] }) {
  const t = useTexts();
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group gap="sm" role="status">
          <StatusBadge status={task.status} />
          {task.progress.current && !isFinal(task.status) ? (
            <Text size="sm" c="dimmed" truncate maw="60vw">
              {t("current", { name: task.progress.current })}
            </Text>
          ) : null}
          {task.status === "PENDING" ? (
            <Text size="sm" c="dimmed">
              {t("waits")}
            </Text>
          ) : null}
        </Group>
        <Bar task={task} />
        <Figures task={task} />
        <ThroughputChart samples={samples} />
        <TaskError task={task} />
      </Stack>
    </Paper>
  );
}
