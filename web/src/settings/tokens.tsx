// Access tokens of a project: made, shown once, deleted.
import { Badge, Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, data } from "../api/client";
import { queries } from "../api/queries";
import type { Project, Token } from "../api/types";
import { confirm } from "../components/confirm";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { notifyProblem } from "../components/notify";
import { PageHead } from "../components/page_head";
import { TimeText } from "../components/time_text";
import { WideTable } from "../components/wide_table";
import { time } from "../i18n/format";
import { NewTokenForm } from "./new_token_form";
import { ShownOnce } from "./shown_once";
import { useTexts } from "./texts";

const tokensKey = (project: string) => ["project", project, "tokens"];

function TokenRow({ project, token }: { project: Project; token: Token }) {
  const t = useTexts();
  const remove = useMutation({
    mutationFn: () =>
      api.DELETE("/api/platform/v1/projects/{project_id}/tokens/{token_id}", {
        params: { path: { project_id: project.id, token_id: token.id } },
      }),
    onError: notifyProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: tokensKey(project.id) }),
  });
  const askToDelete = () =>
    confirm({
      title: t("deleteTitle", { name: token.name }),
      text: t("deleteText"),
      yes: t("deleteToken"),
      no: t("cancel"),
      onYes: () => remove.mutate(),
    });
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: "anywhere" }}>{token.name}</Table.Td>
      <Table.Td>
        <Badge variant="light" tt="none">
          {token.scope}
        </Badge>
      </Table.Td>
      <Table.Td>
        {Date.parse(token.expires_at) < Date.now() ? <Badge color="red">{t("expired")}</Badge> : time(token.expires_at)}
      </Table.Td>
      <Table.Td>{token.last_used_at ? <TimeText value={token.last_used_at} /> : t("never")}</Table.Td>
      <Table.Td>
        <Button
          size="xs"
          variant="subtle"
          color="red"
          onClick={askToDelete}
          aria-label={t("deleteTokenLabel", { name: token.name })}
        >
          {t("deleteToken")}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function TokenTable({ project, tokens }: { project: Project; tokens: Token[] }) {
  const t = useTexts();
  return (
    <WideTable label={t("tokens")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("name")}</Table.Th>
          <Table.Th>{t("scope")}</Table.Th>
          <Table.Th>{t("expires")}</Table.Th>
          <Table.Th>{t("lastUse")}</Table.Th>
          <Table.Td />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tokens.map((token) => (
          <TokenRow key={token.id} project={project} token={token} />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

export function Tokens({ project }: { project: Project }) {
  const t = useTexts();
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const tokens = useQuery({
    queryKey: tokensKey(project.id),
    queryFn: () =>
      data(api.GET("/api/platform/v1/projects/{project_id}/tokens", { params: { path: { project_id: project.id } } })),
  });
  const made = (token: string) => {
    setMaking(false);
    setSecret(token);
    void queries.invalidateQueries({ queryKey: tokensKey(project.id) });
  };
  const newButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
      {t("newToken")}
    </Button>
  );
  return (
    <Stack>
      <PageHead title={t("tokens")}>{newButton}</PageHead>
      <Text size="sm">{t("tokensText")}</Text>
      {secret ? <ShownOnce secret={secret} project={project.id} onClose={() => setSecret(undefined)} /> : null}
      <Loaded query={tokens}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={<IconKey />} title={t("noTokens")} actions={<Group>{newButton}</Group>}>
              {t("noTokensText")}
            </EmptyState>
          ) : (
            <TokenTable project={project} tokens={all} />
          )
        }
      </Loaded>
      <Modal opened={isMaking} onClose={() => setMaking(false)} title={t("newToken")}>
        <NewTokenForm project={project} onMade={made} onClose={() => setMaking(false)} />
      </Modal>
    </Stack>
  );
}
