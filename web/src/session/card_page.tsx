// A page that is one small form in the middle.
import { Anchor, Box, Center, Group, Image, Paper, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { LanguageSelect } from "../shell/language_select";
import { SchemeButton } from "../shell/scheme_button";
import { useTexts } from "./texts";

export function CardPage({ title, children }: { title: string; children: ReactNode }) {
  const t = useTexts();
  useDocumentTitle(title + " – Mimus");
  return (
    <Box component="main" mih="100%" p="md">
      <Group justify="flex-end">
        <LanguageSelect />
        <SchemeButton />
      </Group>
      <Center mt={{ base: "md", sm: "8vh" }}>
        <Stack w="100%" maw={420}>
          <Group gap="sm" justify="center">
            <Image src="/assets/icon.svg" w={40} h={40} alt="" />
            <Text fw={700} size="xl">
              Mimus
            </Text>
          </Group>
          <Text ta="center" c="dimmed">
            {t("lead")}
          </Text>
          <Paper withBorder p="lg" shadow="sm">
            <Title order={1} size="h3" mb="md">
              {title}
            </Title>
            {children}
          </Paper>
          <Text ta="center" size="sm">
            <Anchor href="/external_api_docs">{t("api")}</Anchor>
          </Text>
        </Stack>
      </Center>
    </Box>
  );
}
