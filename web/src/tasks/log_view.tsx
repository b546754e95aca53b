// The log of a task: live, filtered by severity, at its end as long as one has not scrolled up.
import { Badge, Button, Group, Paper, SegmentedControl, Switch, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { projectPath } from "../api/client";
import type { Task } from "../api/types";
import { count } from "../i18n/format";
import { fitting, useVirtualLines } from "../preview/virtual_lines";
import classes from "./log_view.module.css";
import { isFinal } from "./task_state";
import { clockText, type LogLine, type LogLines, type Severity } from "./task_log";
import { useTexts } from "./texts";

type Least = Severity;

const kRanks: Record<Severity, number> = { note: 0, warning: 1, error: 2 };
const kLineHeight = 20;
const kHeight = 320;
const kAround = 32; // padding, borders and the bar for scrolling sideways
const kLongest = 4000;

function Line({ line }: { line: LogLine }) {
  return (
    <div className={classes.line} data-severity={line.severity}>
      <span className={classes.number}>{line.number}</span>
      <span className={classes.time}>{clockText(line.time)}</span>
      <span className={classes.severity}>{line.severity}</span>
      <span>{line.message.slice(0, kLongest)}</span>
    </div>
  );
}

interface LinesProps {
  lines: LogLine[];
  isFollowing: boolean;
  onFollow: (follow: boolean) => void;
}

function Lines({ lines, isFollowing, onFollow }: LinesProps) {
  const t = useTexts();
  const { scroller, indexes, before, after, scrollToEnd } = useVirtualLines(lines.length, kLineHeight);
  useEffect(() => {
    if (isFollowing && lines.length > 0) scrollToEnd();
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isFollowing, lines]);
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      style={{ height: fitting(lines.length * kLineHeight + kAround, kHeight) }}
      tabIndex={0}
      role="log"
      aria-label={t("log")}
      aria-live="off"
      // Who scrolls up wants to read: the end is not brought back until it is asked for.
      onWheel={(event) => event.deltaY < 0 && onFollow(false)}
      onKeyDown={(event) => ["ArrowUp", "PageUp", "Home"].includes(event.key) && onFollow(false)}
    >
      <div className={classes.lines}>
        <div style={{ height: before }} />
        {indexes.map((index) => (
          <Line key={index} line={lines[index]!} />
        ))}
        <div style={{ height: after }} />
      </div>
    </div>
  );
}

function LeastChoice({ least, onChange }: { least: Least; onChange: (least: Least) => void }) {
  const t = useTexts();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("severity")}
      value={least}
      onChange={(value) => onChange(value as Least)}
      data={[
        { value: "note", label: t("all") },
        { value: "warning", label: t("warnings") },
        { value: "error", label: t("errors") },
      ]}
    />
  );
}

export function LogView({ task, log, isLive }: { task: Task; log: LogLines; isLive: boolean }) {
  const t = useTexts();
  const [least, setLeast] = useState<Least>("note");
  const [isFollowing, setIsFollowing] = useState(true);
  const lines = useMemo(() => log.lines.filter((line) => kRanks[line.severity] >= kRanks[least]), [log, least]);
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="xs" gap="xs">
        <Group gap="xs">
          <Title order={2} size="h4">
            {t("log")}
          </Title>
          <Badge variant="default">{count(log.dropped + log.lines.length)}</Badge>
          {isLive || isFinal(task.status) ? null : (
            <Badge variant="light" color="yellow" tt="none">
              {t("polling")}
            </Badge>
          )}
        </Group>
        <Group gap="xs">
          <LeastChoice least={least} onChange={setLeast} />
          <Switch
            size="sm"
            label={t("follow")}
            checked={isFollowing}
            onChange={(event) => setIsFollowing(event.currentTarget.checked)}
          />
          <Button
            component="a"
            href={projectPath(task.project_id, "tasks", task.id, "log")}
            download={`${task.id}.log`}
            size="xs"
            variant="default"
            leftSection={<IconDownload size={16} />}
          >
            {t("downloadLog")}
          </Button>
        </Group>
      </Group>
      {log.dropped > 0 ? (
        <Text size="xs" c="dimmed" mb={4}>
          {t("dropped", { lines: count(log.dropped) })}
        </Text>
      ) : null}
      {lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          {log.lines.length === 0 ? t("noLines") : t("noSuchLines")}
        </Text>
      ) : (
        <Lines lines={lines} isFollowing={isFollowing} onFollow={setIsFollowing} />
      )}
    </Paper>
  );
}
