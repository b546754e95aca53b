import { ActionIcon, Anchor, Badge, Button, Card, Group, Menu, Modal, Text, TextInput } from "@mantine/core";
import { IconArchive, IconDots, IconPencil, IconRestore, IconSettings, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { DialogButtons, Form } from "../components/form";
import { api, data, projectPath } from "../api/client";
import { queries } from "../api/queries";
import type { Project } from "../api/types";
import { confirm } from "../components/confirm";
import { notifyDone, notifyProblem } from "../components/notify";
import { TimeText } from "../components/time_text";
import { bytes } from "../i18n/format";
import { mayAs } from "../session/session";
import { useTexts } from "./texts";

function changed() {
  void queries.invalidateQueries({ queryKey: ["projects"] });
  void queries.invalidateQueries({ queryKey: ["project"] });
}

function RenameForm({ project, onClose }: { project: Project; onClose: () => void }) {
  const t = useTexts();
  const [name, setName] = useState(project.name);
  const rename = useMutation({
    mutationFn: () =>
      data(
        api.PATCH("/api/platform/v1/projects/{project_id}", {
          params: { path: { project_id: project.id } },
          body: { name },
        }),
      ),
    onSuccess: () => {
      changed();
      onClose();
    },
  });
  return (
    <Form send={rename}>
      <TextInput
        label={t("name")}
        required
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <DialogButtons submit={t("save")} send={rename} onClose={onClose} />
    </Form>
  );
}

function ProjectMenu({ project, onRename }: { project: Project; onRename: () => void }) {
  const t = useTexts();
  const isOwner = mayAs(project.role, "owner");
  const remove = useMutation({
    mutationFn: () =>
      api.DELETE("/api/platform/v1/projects/{project_id}", { params: { path: { project_id: project.id } } }),
    onError: notifyProblem,
    onSuccess: () => {
      changed();
      notifyDone(t("deleted", { name: project.name }));
    },
  });
  const askToDelete = () =>
    confirm({
      title: t("deleteTitle", { name: project.name }),
      text: t("deleteText"),
      yes: t("delete"),
      no: t("cancel"),
      onYes: () => remove.mutate(),
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("actions", { name: project.name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSettings size={16} />} component={Link} to={`/projects/${project.id}/settings`}>
          {t("settings")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArchive size={16} />}
          component="a"
          href={projectPath(project.id, "archive")}
          download
        >
          {t("download")}
        </Menu.Item>
        {isOwner ? (
          <>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={onRename}>
              {t("rename")}
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={askToDelete}>
              {t("delete")}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

function RestoreButton({ project }: { project: Project }) {
  const t = useTexts();
  const restore = useMutation({
    mutationFn: () =>
      api.POST("/api/platform/v1/projects/{project_id}/restore", { params: { path: { project_id: project.id } } }),
    onError: notifyProblem,
    onSuccess: () => {
      changed();
      notifyDone(t("restored", { name: project.name }));
    },
  });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRestore size={16} />}
      loading={restore.isPending}
      onClick={() => restore.mutate()}
    >
      {t("restore")}
    </Button>
  );
}

export function ProjectCard({ project }: { project: Project }) {
  const t = useTexts();
  const [isRenaming, setRenaming] = useState(false);
  const isDeleted = project.delete_at !== null;
  return (
    <Card withBorder padding="md" component="li">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        {isDeleted ? (
          <Text fw={600}>{project.name}</Text>
        ) : (
          <Anchor
            component={Link}
            to={`/projects/${project.id}/files`}
            fw={600}
            underline="hover"
            style={{ overflowWrap: "anywhere" }}
          >
            {project.name}
          </Anchor>
        )}
        {isDeleted ? (
          <RestoreButton project={project} />
        ) : (
          <ProjectMenu project={project} onRename={() => setRenaming(true)} />
        )}
      </Group>
      <Text size="sm" c="dimmed" mt={4}>
        {t("files", { count: project.files })} · {bytes(project.bytes)}
      </Text>
      <Group justify="space-between" mt="sm" gap="xs">
        <Text size="sm" c="dimmed">
          {isDeleted ? t("gone") : t("created")} <TimeText value={project.delete_at ?? project.created_at} />
        </Text>
        <Group gap={4}>
          {project.is_template ? (
            <Badge variant="light" color="teal">
              {t("isTemplate")}
            </Badge>
          ) : null}
          <Badge variant="light" color="gray">
            {project.role ? t(project.role) : t("admin")}
          </Badge>
        </Group>
      </Group>
      <Modal opened={isRenaming} onClose={() => setRenaming(false)} title={t("renameTitle", { name: project.name })}>
        <RenameForm project={project} onClose={() => setRenaming(false)} />
      </Modal>
    </Card>
  );
}
