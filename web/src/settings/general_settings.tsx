import {
  Alert,
  Button,
  Checkbox,
  Code,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Table,
  TextInput,
} from "@mantine/core";
import { IconArchive } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Link } from "react-router";
import { api, data, projectPath } from "../api/client";
import { isProblem } from "../api/problem";
import { queries } from "../api/queries";
import type { Project } from "../api/types";
import { CopyButton } from "../components/copy_button";
import { notifyDone } from "../components/notify";
import { PageHead } from "../components/page_head";
import { ProblemAlert } from "../components/problem_alert";
import { bytes, count, time } from "../i18n/format";
import { projectKey } from "../project/project";
import { mayAs } from "../session/session";
import { useTexts } from "./texts";

const kEncodings = ["", "UTF-8", "UTF-8-SIG", "UTF-16", "ISO-8859-1", "ISO-8859-15", "windows-1252"];

function Facts({ project }: { project: Project }) {
  const t = useTexts();
  return (
    <Table variant="vertical" withTableBorder layout="fixed">
      <Table.Tbody>
        <Table.Tr>
          <Table.Th w={140}>{t("id")}</Table.Th>
          <Table.Td>
            <Group gap={4} wrap="nowrap">
              <Code style={{ overflowWrap: "anywhere" }}>{project.id}</Code>
              <CopyButton value={project.id} />
            </Group>
          </Table.Td>
        </Table.Tr>
        <Table.Tr>
          <Table.Th>{t("created")}</Table.Th>
          <Table.Td>{time(project.created_at)}</Table.Td>
        </Table.Tr>
        {project.demo ? (
          <Table.Tr>
            <Table.Th>{t("fromDemo")}</Table.Th>
            <Table.Td>
              <Link to={`/demos/${project.demo}`}>{project.demo}</Link>
            </Table.Td>
          </Table.Tr>
        ) : null}
        <Table.Tr>
          <Table.Th>{t("size")}</Table.Th>
          <Table.Td>
            {t("sizeText", {
              files: count(project.files),
              bytes: bytes(project.bytes),
              versions: bytes(project.version_bytes),
            })}
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Table>
  );
}

function useChange(project: Project) {
  const t = useTexts();
  return useMutation({
    mutationFn: (body: { name: string; is_template: boolean; settings: Project["settings"] }) =>
      data(api.PATCH("/api/platform/v1/projects/{project_id}", { params: { path: { project_id: project.id } }, body })),
    onSuccess: (changed) => {
      queries.setQueryData(projectKey(project.id), changed);
      void queries.invalidateQueries({ queryKey: ["projects"] });
      notifyDone(t("saved"));
    },
  });
}

function SettingsForm({ project }: { project: Project }) {
  const t = useTexts();
  const isOwner = mayAs(project.role, "owner");
  const [name, setName] = useState(project.name);
  const [settings, setSettings] = useState(project.settings);
  const [isTemplate, setTemplate] = useState(project.is_template);
  const change = useChange(project);
  const problem = isProblem(change.error) ? change.error : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ name, is_template: isTemplate, settings });
  };
  const encodings = [...new Set([...kEncodings, settings.csv_encoding])];
  return (
    <form onSubmit={submit}>
      <Stack maw={520}>
        {isOwner ? null : <Alert color="gray">{t("readOnly")}</Alert>}
        {change.isError ? <ProblemAlert error={change.error} /> : null}
        <TextInput
          label={t("name")}
          required
          maxLength={100}
          disabled={!isOwner}
          value={name}
          error={problem?.of("name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t("delimiter")}
          description={t("delimiterHint")}
          maxLength={1}
          disabled={!isOwner}
          value={settings.csv_delimiter}
          error={problem?.of("settings.csv_delimiter")}
          onChange={(event) => setSettings({ ...settings, csv_delimiter: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("encoding")}
          description={t("encodingHint")}
          disabled={!isOwner}
          data={encodings}
          value={settings.csv_encoding}
          onChange={(event) => setSettings({ ...settings, csv_encoding: event.currentTarget.value })}
        />
        <NumberInput
          label={t("retention")}
          description={t("retentionHint")}
          min={0}
          max={36500}
          allowDecimal={false}
          disabled={!isOwner}
          value={settings.retention_days}
          onChange={(value) => setSettings({ ...settings, retention_days: Number(value) || 0 })}
        />
        <Checkbox
          label={t("template")}
          disabled={!isOwner}
          checked={isTemplate}
          onChange={(event) => setTemplate(event.currentTarget.checked)}
        />
        {isOwner ? (
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t("save")}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </form>
  );
}

export function GeneralSettings({ project }: { project: Project }) {
  const t = useTexts();
  return (
    <Stack>
      <PageHead title={t("general")}>
        <Button
          component="a"
          href={projectPath(project.id, "archive")}
          download
          variant="default"
          leftSection={<IconArchive size={16} />}
        >
          {t("archive")}
        </Button>
      </PageHead>
      <Facts project={project} />
      <SettingsForm key={project.id} project={project} />
    </Stack>
  );
}
