import { Alert, Badge, Button, Code, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus, IconUserOff } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "../api/client";
import { usePages } from "../api/pages";
import { queries } from "../api/queries";
import type { User } from "../api/types";
import { CopyButton } from "../components/copy_button";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { MoreButton } from "../components/more_button";
import { PageHead } from "../components/page_head";
import { SearchInput } from "../components/search_input";
import { TimeText } from "../components/time_text";
import { WideTable } from "../components/wide_table";
import { NewUserForm } from "./new_user_form";
import { useTexts } from "./texts";
import { UserMenu } from "./user_menu";

export interface OneTimePassword {
  name: string;
  password: string;
}

function ShownPassword({ made, onClose }: { made: OneTimePassword; onClose: () => void }) {
  const t = useTexts();
  return (
    <Alert
      color="teal"
      role="status"
      title={t("oneTime", { name: made.name })}
      withCloseButton
      closeButtonLabel={t("cancel")}
      onClose={onClose}
    >
      <Group gap="xs">
        <Code data-testid="one-time-password">{made.password}</Code>
        <CopyButton value={made.password} />
      </Group>
      <Text size="sm">{t("oneTimeText")}</Text>
    </Alert>
  );
}

function UserTable({ users, onPassword }: { users: User[]; onPassword: (made: OneTimePassword) => void }) {
  const t = useTexts();
  return (
    <WideTable label={t("users")} minWidth={640}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("name")}</Table.Th>
          <Table.Th>{t("role")}</Table.Th>
          <Table.Th>{t("state")}</Table.Th>
          <Table.Th>{t("lastSignIn")}</Table.Th>
          <Table.Td />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {users.map((user) => (
          <Table.Tr key={user.id}>
            <Table.Td style={{ overflowWrap: "anywhere" }}>
              <Text fw={500}>{user.name}</Text>
              <Text size="sm" c="dimmed">
                {user.email}
              </Text>
            </Table.Td>
            <Table.Td>{t(user.role)}</Table.Td>
            <Table.Td>
              <Badge variant="light" color={user.state === "active" ? "green" : "gray"}>
                {t(user.state)}
              </Badge>
            </Table.Td>
            <Table.Td>{user.last_sign_in_at ? <TimeText value={user.last_sign_in_at} /> : t("never")}</Table.Td>
            <Table.Td>
              <UserMenu user={user} onPassword={onPassword} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

export function Users() {
  const t = useTexts();
  const [search, setSearch] = useState("");
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const [isMaking, setMaking] = useState(false);
  const [password, setPassword] = useState<OneTimePassword>();
  const users = usePages(["users", wanted], (cursor) =>
    api.GET("/api/platform/v1/users", { params: { query: { search: wanted || undefined, limit: 100, cursor } } }),
  );
  return (
    <Stack>
      <PageHead title={t("users")}>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
          {t("newUser")}
        </Button>
      </PageHead>
      {password ? <ShownPassword made={password} onClose={() => setPassword(undefined)} /> : null}
      <SearchInput label={t("search")} value={search} onChange={setSearch} maw={420} />
      <Loaded query={users}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState icon={<IconUserOff />} title={t("none")} />
          ) : (
            <UserTable users={found} onPassword={setPassword} />
          )
        }
      </Loaded>
      <MoreButton query={users} />
      <Modal opened={isMaking} onClose={() => setMaking(false)} title={t("newUser")}>
        <NewUserForm
          onClose={() => setMaking(false)}
          onMade={(made) => {
            setMaking(false);
            setPassword(made);
            void queries.invalidateQueries({ queryKey: ["users"] });
          }}
        />
      </Modal>
    </Stack>
  );
}
