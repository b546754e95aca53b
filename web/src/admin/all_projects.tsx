import { Anchor, Badge, Stack, Table } from "@mantine/core";
import { IconFolders } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api, data } from "../api/client";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { PageHead } from "../components/page_head";
import { TimeText } from "../components/time_text";
import { WideTable } from "../components/wide_table";
import { bytes, count } from "../i18n/format";
import { useTexts } from "./texts";

// Those that can be restored still, too.
function useAllProjects() {
  return useQuery({
    queryKey: ["projects", "all"],
    queryFn: async () => {
      const read = (deleted: boolean) => data(api.GET("/api/platform/v1/projects", { params: { query: { deleted } } }));
      const [there, gone] = await Promise.all([read(false), read(true)]);
      return [...there, ...gone];
    },
  });
}

export function AllProjects() {
  const t = useTexts();
  const projects = useAllProjects();
  return (
    <Stack>
      <PageHead title={t("projects")} />
      <Loaded query={projects}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={<IconFolders />} title={t("noProjects")} />
          ) : (
            <WideTable label={t("projects")}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("name")}</Table.Th>
                  <Table.Th ta="right">{t("files")}</Table.Th>
                  <Table.Th ta="right">{t("size")}</Table.Th>
                  <Table.Th>{t("created")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {all.map((project) => (
                  <Table.Tr key={project.id}>
                    <Table.Td style={{ overflowWrap: "anywhere" }}>
                      {project.delete_at ? (
                        <>
                          {project.name} <Badge color="gray">{t("deleted")}</Badge>
                        </>
                      ) : (
                        <Anchor component={Link} to={`/projects/${project.id}/settings/members`}>
                          {project.name}
                        </Anchor>
                      )}
                    </Table.Td>
                    <Table.Td ta="right">{count(project.files)}</Table.Td>
                    <Table.Td ta="right">{bytes(project.bytes + project.version_bytes)}</Table.Td>
                    <Table.Td>
                      <TimeText value={project.created_at} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </WideTable>
          )
        }
      </Loaded>
    </Stack>
  );
}
