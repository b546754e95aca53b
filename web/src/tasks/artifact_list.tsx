// What a task has made: each with its head, download and command line.
import {
  ActionIcon,
  Badge,
  Button,
  Code,
  Group,
  Pagination,
  Paper,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
  Tooltip,
  UnstyledButton,
} from "@mantine/core";
import { IconDownload, IconFileZip, IconPackages, IconSearch, IconTerminal2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { projectPath } from "../api/client";
import type { Artifact, Task } from "../api/types";
import { CopyButton } from "../components/copy_button";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { notifyDone, notifyProblem } from "../components/notify";
import { WideTable } from "../components/wide_table";
import { bytes, count } from "../i18n/format";
import { ArtifactHead } from "./artifact_head";
import classes from "./artifact_list.module.css";
import { artifactsOf } from "./artifacts";
import { curlArchive, curlArtifact } from "./commands";
import { isFinal } from "./task_state";
import { useTexts } from "./texts";

const kPage = 50;

// Browsers give the clipboard only to pages that came by TLS or from the machine itself.
function useCopyLine(line: string) {
  const t = useTexts();
  return async () => {
    try {
      await navigator.clipboard.writeText(line);
      notifyDone(t("lineCopied"));
    } catch {
      notifyProblem(new Error(t("noClipboard")));
    }
  };
}

function CopyOneButton({ artifact }: { artifact: Artifact }) {
  const t = useTexts();
  const copy = useCopyLine(curlArtifact(window.location.origin, artifact));
  return (
    <Tooltip label={t("copyCurl")}>
      <ActionIcon
        variant="subtle"
        color="gray"
        onClick={() => void copy()}
        aria-label={t("copyCurlOf", { name: artifact.name })}
      >
        <IconTerminal2 size={18} />
      </ActionIcon>
    </Tooltip>
  );
}

function ArtifactRow({ artifact, isShown, onShow }: { artifact: Artifact; isShown: boolean; onShow: () => void }) {
  const t = useTexts();
  return (
    <Table.Tr className={isShown ? classes.shown : undefined}>
      <Table.Td maw={340}>
        <UnstyledButton className={classes.name} onClick={onShow} aria-pressed={isShown} title={artifact.name}>
          {artifact.name}
        </UnstyledButton>
      </Table.Td>
      <Table.Td ta="right">{artifact.records === null ? "–" : count(artifact.records)}</Table.Td>
      <Table.Td ta="right" title={count(artifact.size) + " B"}>
        {bytes(artifact.size)}
      </Table.Td>
      <Table.Td>
        <Text size="xs" c="dimmed">
          {artifact.media_type}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap">
          <Code title={artifact.sha256}>{artifact.sha256.slice(0, 10)}</Code>
          <CopyButton value={artifact.sha256} />
        </Group>
      </Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap" justify="flex-end">
          <Tooltip label={t("download")}>
            <ActionIcon
              component="a"
              href={artifact.url}
              download
              variant="subtle"
              color="gray"
              aria-label={t("downloadOne", { name: artifact.name })}
            >
              <IconDownload size={18} />
            </ActionIcon>
          </Tooltip>
          <CopyOneButton artifact={artifact} />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function ArtifactTable({ artifacts }: { artifacts: Artifact[] }) {
  const t = useTexts();
  const [wanted, setWanted] = useState("");
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<string>();
  const found = artifacts.filter((one) => one.name.toLowerCase().includes(wanted.toLowerCase()));
  const pages = Math.max(1, Math.ceil(found.length / kPage));
  const place = Math.min(page, pages);
  const shown = found.find((one) => one.name === chosen) ?? found[0];
  return (
    <Stack gap="sm">
      {artifacts.length > kPage ? (
        <TextInput
          aria-label={t("searchArtifacts")}
          placeholder={t("searchArtifacts")}
          leftSection={<IconSearch size={16} />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      ) : null}
      <WideTable label={t("artifacts")} minWidth={680}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("name")}</Table.Th>
            <Table.Th ta="right">{t("records")}</Table.Th>
            <Table.Th ta="right">{t("size")}</Table.Th>
            <Table.Th>{t("type")}</Table.Th>
            <Table.Th>{t("hash")}</Table.Th>
            <Table.Th ta="right">{t("actions")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {found.slice((place - 1) * kPage, place * kPage).map((artifact) => (
            <ArtifactRow
              key={artifact.name}
              artifact={artifact}
              isShown={artifact === shown}
              onShow={() => setChosen(artifact.name)}
            />
          ))}
        </Table.Tbody>
      </WideTable>
      {pages > 1 ? <Pagination size="sm" total={pages} value={place} onChange={setPage} /> : null}
      {shown ? <ArtifactHead key={shown.url} artifact={shown} /> : null}
    </Stack>
  );
}

function AllOfThem({ task }: { task: Task }) {
  const t = useTexts();
  const copy = useCopyLine(curlArchive(window.location.origin, task.project_id, task.id));
  return (
    <Group gap="xs">
      <Button
        component="a"
        href={projectPath(task.project_id, "tasks", task.id, "archive")}
        download
        size="xs"
        leftSection={<IconFileZip size={16} />}
      >
        {t("downloadAll")}
      </Button>
      <Button size="xs" variant="default" leftSection={<IconTerminal2 size={16} />} onClick={() => void copy()}>
        {t("copyCurlAll")}
      </Button>
    </Group>
  );
}

function NoArtifacts({ task }: { task: Task }) {
  const t = useTexts();
  if (task.status === "SUCCEEDED") {
    return (
      <EmptyState icon={<IconPackages />} title={t("noArtifacts")}>
        {t("noArtifactsHint")}
      </EmptyState>
    );
  }
  return (
    <Text size="sm" c="dimmed">
      {isFinal(task.status) ? t("noneComplete") : t("noArtifactsYet")}
    </Text>
  );
}

export function ArtifactList({ task }: { task: Task }) {
  const t = useTexts();
  const isDone = isFinal(task.status);
  const query = useQuery({ ...artifactsOf(task.project_id, task.id), refetchInterval: isDone ? false : 2000 });
  const number = query.data?.length ?? 0;
  return (
    <Paper withBorder p="md" data-tour="artifacts">
      <Group justify="space-between" mb="xs" gap="xs">
        <Group gap="xs">
          <Title order={2} size="h4">
            {t("artifacts")}
          </Title>
          <Badge variant="default">{count(number)}</Badge>
        </Group>
        {isDone && number > 0 ? <AllOfThem task={task} /> : null}
      </Group>
      <Loaded query={query}>
        {(artifacts) => (artifacts.length > 0 ? <ArtifactTable artifacts={artifacts} /> : <NoArtifacts task={task} />)}
      </Loaded>
    </Paper>
  );
}
