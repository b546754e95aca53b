// "Call this from CI": ready snippets. Pages of tasks open it by their address, too: ?ci.
import { Anchor, Drawer, List, Stack, Tabs, Text, Group } from "@mantine/core";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { CodeBlock } from "../components/code_block";
import { CopyButton } from "../components/copy_button";
import { snippet, type Tool } from "./ci_snippets";
import { useTexts } from "./texts";

export function useCiDrawer() {
  const [search, setSearch] = useSearchParams();
  const change = (isOpen: boolean) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (isOpen) next.set("ci", "");
      else next.delete("ci");
      return next;
    });
  return { isOpen: search.has("ci"), open: () => change(true), close: () => change(false) };
}

const kTools: { value: Tool; label: string; file: string }[] = [
  { value: "curl", label: "curl", file: "generate.sh" },
  { value: "github", label: "GitHub Actions", file: ".github/workflows/test-data.yml" },
  { value: "gitlab", label: "GitLab CI", file: ".gitlab-ci.yml" },
  { value: "jenkins", label: "Jenkins", file: "Jenkinsfile" },
];

function TokenSteps({ project, tool }: { project: string; tool: Tool }) {
  const t = useTexts();
  const places = {
    curl: t("secretCurl"),
    github: t("secretGithub"),
    gitlab: t("secretGitlab"),
    jenkins: t("secretJenkins"),
  };
  return (
    <List type="ordered" size="sm" spacing={4}>
      <List.Item>
        <Anchor component={Link} to={`/projects/${project}/settings/tokens`} size="sm">
          {t("makeToken")}
        </Anchor>
        {" – "}
        {t("makeTokenHint")}
      </List.Item>
      <List.Item>{places[tool]}</List.Item>
      <List.Item>{t("putSnippet", { file: kTools.find((one) => one.value === tool)!.file })}</List.Item>
    </List>
  );
}

interface CiDrawerProps {
  project: string;
  entry: string;
  opened: boolean;
  onClose: () => void;
}

export function CiDrawer({ project, entry, opened, onClose }: CiDrawerProps) {
  const t = useTexts();
  const [tool, setTool] = useState<Tool>("curl");
  const text = snippet(tool, { origin: window.location.origin, project, entry });
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="xl"
      title={t("callFromCi")}
      closeButtonProps={{ "aria-label": t("close") }}
      attributes={{ header: { role: "presentation" } }}
    >
      <Stack>
        <Text size="sm">{t("ciText", { entry })}</Text>
        <Tabs value={tool} onChange={(value) => setTool(value as Tool)} aria-label={t("tool")}>
          <Tabs.List>
            {kTools.map(({ value, label }) => (
              <Tabs.Tab key={value} value={value}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={tool} pt="md">
            <Stack>
              <TokenSteps project={project} tool={tool} />
              <Group justify="flex-end">
                <CopyButton value={text} label={t("copySnippet")} />
              </Group>
              <CodeBlock text={text} label={t("snippet")} maxHeight={600} />
            </Stack>
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Drawer>
  );
}

// Of a page that the address opens it on.
export function CiDrawerOfAddress({ project, entry }: { project: string; entry: string }) {
  const { isOpen, close } = useCiDrawer();
  return <CiDrawer project={project} entry={entry} opened={isOpen} onClose={close} />;
}
