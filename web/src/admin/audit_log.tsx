// The audit log, of the instance or of one project: filtered, read page by page, exported.
import { Button, Code, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconFileExport, IconListSearch } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../api/client";
import { usePages } from "../api/pages";
import type { AuditEntry } from "../api/types";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { MoreButton } from "../components/more_button";
import { PageHead } from "../components/page_head";
import { WideTable } from "../components/wide_table";
import { time } from "../i18n/format";
import { useTexts } from "./texts";

interface AuditFilter {
  actor: string;
  action: string;
  from: string; // YYYY-MM-DD, or empty
  until: string;
}

// The filter as the API takes it: what is empty is left out, days begin at midnight in UTC.
function queryOf(filter: AuditFilter) {
  const day = (text: string) => (text ? text + "T00:00:00Z" : undefined);
  return {
    actor: filter.actor || undefined,
    action: filter.action || undefined,
    from: day(filter.from),
    until: day(filter.until),
  };
}

function useEntries(project: string | undefined, filter: AuditFilter) {
  return usePages(project ? ["project", project, "audit", filter] : ["audit", filter], (cursor) => {
    const query = { ...queryOf(filter), limit: 100, cursor };
    if (!project) return api.GET("/api/platform/v1/audit", { params: { query } });
    return api.GET("/api/platform/v1/projects/{project_id}/audit", {
      params: { path: { project_id: project }, query },
    });
  });
}

function FilterFields({ filter, onChange }: { filter: AuditFilter; onChange: (filter: AuditFilter) => void }) {
  const t = useTexts();
  return (
    <Group align="flex-end" gap="sm">
      <TextInput
        label={t("action")}
        placeholder="file."
        value={filter.action}
        onChange={(event) => onChange({ ...filter, action: event.currentTarget.value })}
      />
      <TextInput
        label={t("actor")}
        value={filter.actor}
        onChange={(event) => onChange({ ...filter, actor: event.currentTarget.value })}
      />
      <TextInput
        label={t("since")}
        type="date"
        value={filter.from}
        onChange={(event) => onChange({ ...filter, from: event.currentTarget.value })}
      />
      <TextInput
        label={t("until")}
        type="date"
        value={filter.until}
        onChange={(event) => onChange({ ...filter, until: event.currentTarget.value })}
      />
    </Group>
  );
}

function EntryTable({ entries }: { entries: AuditEntry[] }) {
  const t = useTexts();
  return (
    <WideTable label={t("audit")} minWidth={860}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("when")}</Table.Th>
          <Table.Th>{t("who")}</Table.Th>
          <Table.Th>{t("what")}</Table.Th>
          <Table.Th>{t("target")}</Table.Th>
          <Table.Th>{t("address")}</Table.Th>
          <Table.Th>{t("hash")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => (
          <Table.Tr key={entry.seq}>
            <Table.Td>{time(entry.at)}</Table.Td>
            <Table.Td>
              {entry.actor_name || entry.actor_id}
              <Text span size="xs" c="dimmed">
                {" "}
                {entry.actor_kind}
              </Text>
            </Table.Td>
            <Table.Td>
              <Code>{entry.action}</Code>
            </Table.Td>
            <Table.Td style={{ overflowWrap: "anywhere" }}>{entry.target}</Table.Td>
            <Table.Td>{entry.address}</Table.Td>
            <Table.Td>
              <Code title={entry.hash}>{entry.hash.slice(0, 10)}</Code>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function exportAddress(filter: AuditFilter): string {
  const query = new URLSearchParams(
    Object.entries(queryOf(filter)).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return "/api/platform/v1/audit/export?" + query.toString();
}

export function AuditLog({ project }: { project?: string }) {
  const t = useTexts();
  const [filter, setFilter] = useState<AuditFilter>({ actor: "", action: "", from: "", until: "" });
  const [wanted] = useDebouncedValue(filter, 250);
  const entries = useEntries(project, wanted);
  return (
    <Stack>
      <PageHead title={t("audit")}>
        {project ? null : (
          <Button
            component="a"
            href={exportAddress(filter)}
            download="audit.ndjson"
            variant="default"
            leftSection={<IconFileExport size={16} />}
          >
            {t("export")}
          </Button>
        )}
      </PageHead>
      <FilterFields filter={filter} onChange={setFilter} />
      <Loaded query={entries}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState icon={<IconListSearch />} title={t("noEntries")}>
              {t("noEntriesText")}
            </EmptyState>
          ) : (
            <EntryTable entries={found} />
          )
        }
      </Loaded>
      <MoreButton query={entries} />
      <Text size="sm" c="dimmed">
        {t("verify")}
      </Text>
    </Stack>
  );
}
