import {
  Anchor,
  Button,
  Container,
  Group,
  Paper,
  SegmentedControl,
  Stack,
  Text,
  Title,
  useMantineColorScheme,
} from "@mantine/core";
import { api } from "../api/client";
import { notifyDone, notifyProblem } from "../components/notify";
import { PageHead } from "../components/page_head";
import { LanguageSelect } from "../shell/language_select";
import { useTexts as useShellTexts } from "../shell/texts";
import { PasswordForm } from "./password_form";
import { rememberSession, useSession } from "./session";
import { useTexts } from "./texts";

export default function AccountPage() {
  const t = useTexts();
  const shell = useShellTexts();
  const { user } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = () => {
    api.DELETE("/api/platform/v1/sessions").then(() => rememberSession(null), notifyProblem);
  };
  return (
    <Container size="sm" px={0}>
      <PageHead title={t("account")} />
      <Stack>
        <Paper withBorder p="lg">
          <Text fw={600}>{user.name}</Text>
          <Text c="dimmed">{user.email}</Text>
          <Text c="dimmed">
            {t("role")}: {user.role}
          </Text>
        </Paper>
        <Paper withBorder p="lg">
          <Title order={2} size="h4" mb="sm">
            {t("appearance")}
          </Title>
          <Group>
            <SegmentedControl
              aria-label={t("appearance")}
              value={colorScheme}
              onChange={(value) => setColorScheme(value as "light" | "dark" | "auto")}
              data={[
                { value: "auto", label: shell("schemeAuto") },
                { value: "light", label: shell("schemeLight") },
                { value: "dark", label: shell("schemeDark") },
              ]}
            />
            <LanguageSelect />
          </Group>
        </Paper>
        <Paper withBorder p="lg">
          <Title order={2} size="h4" mb="sm">
            {t("change")}
          </Title>
          <PasswordForm key={user.id} onChanged={() => notifyDone(t("changed"))} />
        </Paper>
        <Paper withBorder p="lg">
          <Title order={2} size="h4" mb="sm">
            {t("sessions")}
          </Title>
          <Text size="sm" mb="sm">
            {t("everywhereText")}
          </Text>
          <Button variant="default" onClick={leave}>
            {t("signOutEverywhere")}
          </Button>
        </Paper>
        <Anchor href="/assets/licences.md" size="sm">
          {t("licences")}
        </Anchor>
      </Stack>
    </Container>
  );
}
