// All projects one may see: found, sorted, made, imported, and what can be done with each.
import { Button, Group, Menu, NativeSelect, SimpleGrid, Switch } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronDown, IconFolders, IconPlus, IconSearch, IconShoppingBag, IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, data } from "../api/client";
import type { Project } from "../api/types";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { PageHead } from "../components/page_head";
import { SearchInput } from "../components/search_input";
import { ImportButton } from "./import_button";
import { NewProjectDialog } from "./new_project_dialog";
import { ProjectCard } from "./project_card";
import { useTexts } from "./texts";

type Order = "name" | "-created_at" | "bytes";

function useProjects(search: string, order: Order, deleted: boolean) {
  return useQuery({
    queryKey: ["projects", search, order, deleted],
    placeholderData: (before) => before,
    queryFn: async () => {
      const sort = order === "bytes" ? "name" : order;
      const found = await data(
        api.GET("/api/platform/v1/projects", { params: { query: { search: search || undefined, sort, deleted } } }),
      );
      return order === "bytes" ? found.toSorted((a, b) => b.bytes - a.bytes) : found;
    },
  });
}

function StartButtons({ onNew }: { onNew: () => void }) {
  const t = useTexts();
  return (
    <>
      <Button component={Link} to="/demos" leftSection={<IconShoppingBag size={16} />} data-tour="from-demo">
        {t("fromDemo")}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size={16} />} rightSection={<IconChevronDown size={14} />}>
            {t("create")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPlus size={16} />} onClick={onNew}>
            {t("create")}
          </Menu.Item>
          <ImportButton>
            {(choose) => (
              <Menu.Item leftSection={<IconUpload size={16} />} onClick={choose} closeMenuOnClick={false}>
                {t("import")}
              </Menu.Item>
            )}
          </ImportButton>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function Nothing({ isSearch, isDeleted, onNew }: { isSearch: boolean; isDeleted: boolean; onNew: () => void }) {
  const t = useTexts();
  if (isDeleted) return <EmptyState icon={<IconFolders />} title={t("noDeleted")} />;
  if (isSearch) {
    return (
      <EmptyState icon={<IconSearch />} title={t("noMatch")}>
        {t("noMatchText")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconFolders />}
      title={t("empty")}
      actions={
        <Group justify="center">
          <StartButtons onNew={onNew} />
        </Group>
      }
    >
      {t("emptyText")}
    </EmptyState>
  );
}

export default function Dashboard() {
  const t = useTexts();
  const [search, setSearch] = useState("");
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const [order, setOrder] = useState<Order>("name");
  const [isDeleted, setDeleted] = useState(false);
  const [isMaking, setMaking] = useState(false);
  const projects = useProjects(wanted, order, isDeleted);
  const orders = [
    { value: "name", label: t("sortName") },
    { value: "-created_at", label: t("sortCreated") },
    { value: "bytes", label: t("sortBytes") },
  ];
  const cards = (found: Project[]) =>
    found.length === 0 ? (
      <Nothing isSearch={wanted !== ""} isDeleted={isDeleted} onNew={() => setMaking(true)} />
    ) : (
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3, xl: 4 }} component="ul" p={0} m={0} className="cards">
        {found.map((project) => (
          <ProjectCard key={project.id} project={project} />
        ))}
      </SimpleGrid>
    );
  return (
    <>
      <PageHead title={t("title")}>
        <StartButtons onNew={() => setMaking(true)} />
      </PageHead>
      <Group mb="md" gap="sm">
        <SearchInput label={t("search")} value={search} onChange={setSearch} flex={1} miw={180} maw={420} />
        <NativeSelect
          aria-label={t("sort")}
          value={order}
          onChange={(event) => setOrder(event.currentTarget.value as Order)}
          data={orders}
        />
        <Switch
          label={t("showDeleted")}
          checked={isDeleted}
          onChange={(event) => setDeleted(event.currentTarget.checked)}
        />
      </Group>
      <Loaded query={projects}>{cards}</Loaded>
      <NewProjectDialog isOpen={isMaking} onClose={() => setMaking(false)} />
    </>
  );
}
