// The gallery of demos, found by words and tags.
import { Anchor, Badge, Button, Card, Chip, Group, SimpleGrid, Text, Title } from "@mantine/core";
import { IconSearchOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, data } from "../api/client";
import type { Demo } from "../api/types";
import { CodeBlock } from "../components/code_block";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { PageHead } from "../components/page_head";
import { SearchInput } from "../components/search_input";
import { CloneButton } from "./clone_button";
import { matches, tagsOf } from "./search";
import { useTexts } from "./texts";

const kSampleShown = 600;

function DemoCard({ demo }: { demo: Demo }) {
  const t = useTexts();
  return (
    <Card withBorder component="li" padding="md">
      <Title order={2} size="h4">
        <Anchor component={Link} to={`/demos/${demo.name}`} inherit underline="hover">
          {demo.title}
        </Anchor>
      </Title>
      <Text size="sm" mt={4} mb="xs" flex={1}>
        {demo.description}
      </Text>
      {demo.sample ? (
        <CodeBlock
          text={demo.sample.text.slice(0, kSampleShown)}
          label={t("sample", { file: demo.sample.file })}
          maxHeight={150}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t("noSample")}
        </Text>
      )}
      <Group gap={4} mt="sm">
        {demo.tags.map((tag) => (
          <Badge key={tag} variant="light" color="gray" tt="none">
            {tag}
          </Badge>
        ))}
        {demo.needs.map((server) => (
          <Badge key={server} variant="light" color="orange" tt="none">
            {t("needs", { server })}
          </Badge>
        ))}
      </Group>
      <Group mt="sm" gap="xs">
        <CloneButton demo={demo.name} title={demo.title} />
        <Button size="xs" variant="default" component={Link} to={`/demos/${demo.name}`}>
          {t("look")}
        </Button>
      </Group>
    </Card>
  );
}

export default function DemoStore() {
  const t = useTexts();
  const [search, setSearch] = useState("");
  const [tag, setTag] = useState("");
  const demos = useQuery({ queryKey: ["demos"], queryFn: () => data(api.GET("/api/platform/v1/demos")) });
  return (
    <>
      <PageHead title={t("title")} />
      <Text mb="md">{t("lead")}</Text>
      <Loaded query={demos}>
        {(all) => {
          const found = all.filter((demo) => matches(demo, search, tag));
          return (
            <>
              <SearchInput label={t("search")} value={search} onChange={setSearch} maw={420} mb="sm" />
              <Chip.Group value={tag} onChange={(value) => setTag(value as string)}>
                <Group gap={6} mb="md" role="radiogroup" aria-label={t("tags")}>
                  <Chip size="xs" value="">
                    {t("allTags")}
                  </Chip>
                  {tagsOf(all).map((one) => (
                    <Chip size="xs" key={one} value={one}>
                      {one}
                    </Chip>
                  ))}
                </Group>
              </Chip.Group>
              {found.length === 0 ? (
                <EmptyState icon={<IconSearchOff />} title={t("none")}>
                  {t("noneText")}
                </EmptyState>
              ) : null}
              <SimpleGrid cols={{ base: 1, sm: 2, lg: 3, xl: 4 }} component="ul" p={0} m={0} className="cards">
                {found.map((demo) => (
                  <DemoCard key={demo.name} demo={demo} />
                ))}
              </SimpleGrid>
            </>
          );
        }}
      </Loaded>
    </>
  );
}
