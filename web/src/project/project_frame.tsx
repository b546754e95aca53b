// What all pages of a project have above them: its name and its parts.
import { Button, Group, Text } from "@mantine/core";
import { IconFiles, IconHistory, IconSettings } from "@tabler/icons-react";
import { Link, Outlet, useLocation, useParams } from "react-router";
import { Loaded } from "../components/loaded";
import { PageHead } from "../components/page_head";
import { ProblemAlert } from "../components/problem_alert";
import { useProjectQuery } from "./project";
import { useTexts } from "./texts";

export default function ProjectFrame() {
  const t = useTexts();
  const { project = "" } = useParams();
  const query = useProjectQuery(project);
  const place = useLocation().pathname.split("/")[3] ?? "files";
  const part = place === "compare" ? "tasks" : place;
  const parts = [
    { name: "files", label: t("files"), icon: <IconFiles size={16} /> },
    { name: "tasks", label: t("tasks"), icon: <IconHistory size={16} /> },
    { name: "settings", label: t("settings"), icon: <IconSettings size={16} /> },
  ];
  if (query.isError && !query.data) {
    return (
      <>
        <PageHead title={t("unavailable")} />
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      </>
    );
  }
  return (
    <Loaded query={query}>
      {(details) => (
        <>
          <Group justify="space-between" mb="xs" gap="xs">
            <Text fw={650} size="lg" truncate maw="100%">
              {details.name}
            </Text>
            <Group component="nav" gap={4} aria-label={t("parts")}>
              {parts.map((one) => (
                <Button
                  key={one.name}
                  component={Link}
                  to={`/projects/${project}/${one.name}`}
                  size="compact-md"
                  variant={one.name === part ? "light" : "subtle"}
                  leftSection={one.icon}
                  aria-current={one.name === part ? "page" : undefined}
                  data-tour={"part-" + one.name}
                >
                  {one.label}
                </Button>
              ))}
            </Group>
          </Group>
          <Outlet />
        </>
      )}
    </Loaded>
  );
}
