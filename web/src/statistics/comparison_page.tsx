// Two runs side by side: what they were asked for, what they wrote, and how their columns differ.
import { Alert, Button, Code, SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import { IconArrowsExchange, IconArrowsLeftRight } from "@tabler/icons-react";
import { Link, useParams, useSearchParams } from "react-router";
import type { Task } from "../api/types";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { PageHead } from "../components/page_head";
import { StatusBadge } from "../components/status_badge";
import { WideTable } from "../components/wide_table";
import { bytes, count, time } from "../i18n/format";
import { useTaskQuery } from "../tasks/use_task";
import { fateOf, useComparison } from "./comparison";
import { DifferentColumns } from "./different_columns";
import { FateBadge } from "./fate_badge";
import { useTexts } from "./texts";

function RunFacts({ title, task }: { title: string; task: Task }) {
  const t = useTexts();
  const rows = [
    [t("entry"), task.entry],
    [t("seed"), String(task.seed)],
    [t("clock"), time(task.now)],
    [t("created"), time(task.created_at)],
    [t("hash"), task.content_hash ?? "–"],
  ];
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        <Link to={`/projects/${task.project_id}/tasks/${task.id}`}>{title}</Link> <StatusBadge status={task.status} />
      </Title>
      <Table variant="vertical" withTableBorder layout="fixed">
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={120}>{name}</Table.Th>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

interface Side {
  size: number;
  records: number | null;
  sha256: string;
}

interface Compared {
  name: string;
  is_same: boolean;
  before: Side | null;
  after: Side | null;
}

function sideText(side: Side | null, records: (count: string) => string): string {
  if (!side) return "–";
  return bytes(side.size) + (side.records === null ? "" : ", " + records(count(side.records)));
}

function ArtifactTable({ artifacts }: { artifacts: Compared[] }) {
  const t = useTexts();
  const records = (text: string) => t("records", { count: text });
  return (
    <WideTable label={t("artifacts")} minWidth={640}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("artifact")}</Table.Th>
          <Table.Th>{t("fate")}</Table.Th>
          <Table.Th>{t("before")}</Table.Th>
          <Table.Th>{t("after")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {artifacts.map((one) => (
          <Table.Tr key={one.name}>
            <Table.Td style={{ overflowWrap: "anywhere" }}>{one.name}</Table.Td>
            <Table.Td>
              <FateBadge fate={fateOf(one)} />
            </Table.Td>
            {[one.before, one.after].map((side, index) => (
              <Table.Td key={index}>
                {sideText(side, records)} {side ? <Code title={side.sha256}>{side.sha256.slice(0, 10)}</Code> : null}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function Comparison({ project, before, after }: { project: string; before: string; after: string }) {
  const t = useTexts();
  const first = useTaskQuery(project, before);
  const second = useTaskQuery(project, after);
  const comparison = useComparison(project, before, after);
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Loaded query={first}>{(task) => <RunFacts title={t("before")} task={task} />}</Loaded>
        <Loaded query={second}>{(task) => <RunFacts title={t("after")} task={task} />}</Loaded>
      </SimpleGrid>
      <Loaded query={comparison}>
        {(found) => (
          <>
            <Alert color={found.is_same ? "green" : "orange"} role="status">
              {found.is_same ? t("same") : t("differs")}
            </Alert>
            <Title order={2} size="h4">
              {t("artifacts")}
            </Title>
            <ArtifactTable artifacts={found.artifacts} />
            <Title order={2} size="h4">
              {t("columns")}
            </Title>
            {found.statistics ? (
              <DifferentColumns project={project} before={before} after={after} products={found.statistics.products} />
            ) : (
              <Text>{t("noStatistics")}</Text>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

export default function ComparisonPage() {
  const t = useTexts();
  const { project = "" } = useParams();
  const [sides, setSides] = useSearchParams();
  const before = sides.get("a") ?? "";
  const after = sides.get("b") ?? "";
  if (!before || !after) {
    return (
      <EmptyState
        icon={<IconArrowsLeftRight />}
        title={t("choose")}
        order={1}
        actions={
          <Button component={Link} to={`/projects/${project}/tasks`}>
            {t("toTasks")}
          </Button>
        }
      >
        {t("chooseText")}
      </EmptyState>
    );
  }
  return (
    <Stack>
      <PageHead title={t("compare")}>
        <Button
          variant="default"
          leftSection={<IconArrowsExchange size={16} />}
          onClick={() => setSides({ a: after, b: before })}
        >
          {t("swap")}
        </Button>
      </PageHead>
      <Comparison project={project} before={before} after={after} />
    </Stack>
  );
}
