// One demo: what it shows, its files, and a sample of what it writes.
import { Anchor, Badge, Grid, Group, NavLink, Paper, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconFile } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { api, data, encodePath, request } from "../api/client";
import { CodeBlock } from "../components/code_block";
import type { DemoDetails } from "../api/types";
import { Loaded } from "../components/loaded";
import { PageHead } from "../components/page_head";
import { bytes } from "../i18n/format";
import { CloneButton } from "./clone_button";
import { useTexts } from "./texts";

function DemoFile({ demo, name }: { demo: string; name: string }) {
  const t = useTexts();
  const file = useQuery({
    queryKey: ["demo", demo, name],
    queryFn: async () => (await request(`/api/platform/v1/demos/${encodePath(demo)}/files/${encodePath(name)}`)).text(),
  });
  return (
    <Loaded query={file}>{(text) => <CodeBlock text={text} label={t("file", { name })} maxHeight={560} />}</Loaded>
  );
}

function DemoFiles({ demo }: { demo: DemoDetails }) {
  const t = useTexts();
  const first = demo.files.find((file) => file.name === "datamimic.xml") ?? demo.files[0];
  const [name, setName] = useState(first?.name ?? "");
  return (
    <Grid>
      <Grid.Col span={{ base: 12, md: 3 }}>
        <Stack gap={2} component="nav" aria-label={t("files")}>
          {demo.files.map((file) => (
            <NavLink
              key={file.name}
              component="button"
              active={file.name === name}
              aria-pressed={file.name === name}
              leftSection={<IconFile size={16} />}
              label={file.name}
              description={bytes(file.size)}
              onClick={() => setName(file.name)}
            />
          ))}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 9 }}>{name ? <DemoFile demo={demo.name} name={name} /> : null}</Grid.Col>
    </Grid>
  );
}

export default function DemoPage() {
  const t = useTexts();
  const { demo: name = "" } = useParams();
  const query = useQuery({
    queryKey: ["demo", name],
    queryFn: () => data(api.GET("/api/platform/v1/demos/{demo}", { params: { path: { demo: name } } })),
  });
  return (
    <Stack>
      <Anchor component={Link} to="/demos">
        <Group gap={4}>
          <IconArrowLeft size={16} /> {t("back")}
        </Group>
      </Anchor>
      <Loaded query={query}>
        {(demo) => (
          <div>
            <PageHead title={demo.title}>
              <CloneButton demo={demo.name} title={demo.title} />
            </PageHead>
            <Text mb="sm">{demo.description}</Text>
            <Group gap={4} mb="md">
              {demo.tags.map((tag) => (
                <Badge key={tag} variant="light" color="gray" tt="none">
                  {tag}
                </Badge>
              ))}
            </Group>
            {demo.needs.length > 0 ? (
              <Text mb="md">
                {t("needs", { server: demo.needs.join(", ") })}. {t("needsText")}
              </Text>
            ) : null}
            <DemoFiles demo={demo} />
            {demo.sample ? (
              <Paper mt="lg">
                <Title order={2} size="h4" mb="xs">
                  {t("sample", { file: demo.sample.file })}
                </Title>
                <CodeBlock text={demo.sample.text} label={t("sample", { file: demo.sample.file })} />
              </Paper>
            ) : null}
          </div>
        )}
      </Loaded>
    </Stack>
  );
}
