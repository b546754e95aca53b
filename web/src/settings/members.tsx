import { Badge, Button, Group, NativeSelect, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "../components/form";
import { api, data } from "../api/client";
import { queries } from "../api/queries";
import type { Member, Project, ProjectRole } from "../api/types";
import { confirm } from "../components/confirm";
import { Loaded } from "../components/loaded";
import { notifyDone, notifyProblem } from "../components/notify";
import { PageHead } from "../components/page_head";
import { WideTable } from "../components/wide_table";
import { mayAs } from "../session/session";
import { useTexts } from "./texts";

const membersKey = (project: string) => ["project", project, "members"];

// Roles also tell what this page may show: all of the project is read again.
function changed(project: string) {
  void queries.invalidateQueries({ queryKey: ["project", project] });
}

function useRoles() {
  const t = useTexts();
  return (["viewer", "editor", "owner"] as const).map((role) => ({ value: role, label: t(role) }));
}

function AddMember({ project }: { project: Project }) {
  const t = useTexts();
  const roles = useRoles();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<ProjectRole>("editor");
  const add = useMutation({
    mutationFn: () =>
      data(
        api.POST("/api/platform/v1/projects/{project_id}/members", {
          params: { path: { project_id: project.id } },
          body: { email, role },
        }),
      ),
    onSuccess: (member) => {
      setEmail("");
      changed(project.id);
      notifyDone(t("added", { name: member.name }));
    },
  });
  return (
    <Form send={add} gap="xs">
      <Group align="flex-end">
        <TextInput
          label={t("email")}
          inputMode="email"
          autoComplete="off"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <NativeSelect
          label={t("role")}
          data={roles}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as ProjectRole)}
        />
        <Button type="submit" loading={add.isPending}>
          {t("add")}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t("roles")}
      </Text>
    </Form>
  );
}

function MemberRow({ project, member }: { project: Project; member: Member }) {
  const t = useTexts();
  const roles = useRoles();
  const isOwner = mayAs(project.role, "owner");
  const path = { project_id: project.id, user_id: member.user_id };
  const change = useMutation({
    mutationFn: (role: ProjectRole) =>
      api.PATCH("/api/platform/v1/projects/{project_id}/members/{user_id}", { params: { path }, body: { role } }),
    onError: notifyProblem,
    onSettled: () => changed(project.id),
  });
  const remove = useMutation({
    mutationFn: () => api.DELETE("/api/platform/v1/projects/{project_id}/members/{user_id}", { params: { path } }),
    onError: notifyProblem,
    onSettled: () => changed(project.id),
  });
  const askToRemove = () =>
    confirm({
      title: t("removeTitle", { name: member.name }),
      text: t("removeText"),
      yes: t("remove"),
      no: t("cancel"),
      onYes: () => remove.mutate(),
    });
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={500}>{member.name}</Text>
        <Text size="sm" c="dimmed">
          {member.email}
        </Text>
      </Table.Td>
      <Table.Td>
        {isOwner ? (
          <NativeSelect
            size="xs"
            aria-label={t("roleOf", { name: member.name })}
            data={roles}
            value={member.role}
            onChange={(event) => change.mutate(event.currentTarget.value as ProjectRole)}
          />
        ) : (
          t(member.role)
        )}
      </Table.Td>
      <Table.Td>{member.state === "disabled" ? <Badge color="gray">{t("disabled")}</Badge> : null}</Table.Td>
      <Table.Td>
        {isOwner ? (
          <Button size="xs" variant="subtle" color="red" onClick={askToRemove}>
            {t("remove")}
          </Button>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}

export function Members({ project }: { project: Project }) {
  const t = useTexts();
  const members = useQuery({
    queryKey: membersKey(project.id),
    queryFn: () =>
      data(api.GET("/api/platform/v1/projects/{project_id}/members", { params: { path: { project_id: project.id } } })),
  });
  return (
    <Stack>
      <PageHead title={t("members")} />
      {mayAs(project.role, "owner") ? <AddMember project={project} /> : null}
      <Loaded query={members}>
        {(all) => (
          <WideTable label={t("members")} minWidth={520}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("person")}</Table.Th>
                <Table.Th>{t("role")}</Table.Th>
                <Table.Td />
                <Table.Td />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {all.map((member) => (
                <MemberRow key={member.user_id} project={project} member={member} />
              ))}
            </Table.Tbody>
          </WideTable>
        )}
      </Loaded>
    </Stack>
  );
}
