// What a task was made of: with this it can be made again, anywhere.
import { Anchor, Code, Paper, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Task } from "../api/types";
import { CopyButton } from "../components/copy_button";
import { TimeText } from "../components/time_text";
import { count } from "../i18n/format";
import { fileLink } from "./file_link";
import classes from "./task_facts.module.css";
import { useTexts, type Texts } from "./texts";

function Fact({ label, children, copied }: { label: string; children: ReactNode; copied?: string }) {
  return (
    <div className={classes.fact}>
      <Text component="dt" size="xs" c="dimmed">
        {label}
      </Text>
      <dd className={classes.value}>
        <span className={classes.text}>{children}</span>
        {copied ? <CopyButton value={copied} /> : null}
      </dd>
    </div>
  );
}

export function triggerText(t: Texts, trigger: Task["trigger"]): string {
  return t(({ api: "triggerApi", ui: "triggerUi", schedule: "triggerSchedule", mcp: "triggerMcp" } as const)[trigger]);
}

function OptionFacts({ task }: { task: Task }) {
  const t = useTexts();
  const parameters = Object.entries(task.parameters);
  return (
    <>
      {task.count_factor === 1 ? null : <Fact label={t("factor")}>{count(task.count_factor)}</Fact>}
      {parameters.length === 0 ? null : (
        <Fact label={t("parameters")}>
          {parameters.map(([name, value]) => (
            <Code key={name} mr={4}>
              {name}={String(value)}
            </Code>
          ))}
        </Fact>
      )}
    </>
  );
}

export function TaskFacts({ task }: { task: Task }) {
  const t = useTexts();
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="xs">
        {t("facts")}
      </Title>
      <dl className={classes.facts}>
        <Fact label={t("entry")}>
          <Anchor component={Link} to={fileLink(task.project_id, task.entry)} size="sm">
            {task.entry}
          </Anchor>
        </Fact>
        <Fact label={t("seed")} copied={String(task.seed)}>
          <Code>{task.seed}</Code>
        </Fact>
        <Fact label={t("clock")} copied={task.now}>
          <Code>{task.now}</Code>
        </Fact>
        {task.content_hash ? (
          <Fact label={t("contentHash")} copied={task.content_hash}>
            <Code title={task.content_hash}>{task.content_hash.slice(0, 16)}…</Code>
          </Fact>
        ) : null}
        <OptionFacts task={task} />
        <Fact label={t("startedBy")}>
          {task.created_by} · {triggerText(t, task.trigger)}
        </Fact>
        <Fact label={t("created")}>
          <TimeText value={task.created_at} />
        </Fact>
        <Fact label={t("versions")}>
          {t("versionsText", { engine: task.engine_version, pack: task.datapack_version })}
        </Fact>
      </dl>
    </Paper>
  );
}
