// Which tasks of the history are shown; kept in the address.
import { Button, Group, Select, TextInput } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { api, data } from "../api/client";
import { StatusBadge, useStatusTexts } from "../components/status_badge";
import { useProject } from "../project/project";
import { fileNames } from "./file_names";
import { isFiltered, kFilters, kStatuses, kTriggers, withFilter, type Filter } from "./task_filter";
import { triggerText } from "./task_facts";
import { useTexts } from "./texts";

// Who may have started a task: members, and tokens that the caller sees.
function useStarters(project: string) {
  return useQuery({
    queryKey: ["project", project, "starters"],
    staleTime: 60_000,
    queryFn: async () => {
      const params = { path: { project_id: project } };
      const [members, tokens] = await Promise.all([
        data(api.GET("/api/platform/v1/projects/{project_id}/members", { params })),
        data(api.GET("/api/platform/v1/projects/{project_id}/tokens", { params })),
      ]);
      return [
        ...members.map((member) => ({ value: member.user_id, label: member.name })),
        ...tokens.map((token) => ({ value: token.id, label: token.name })),
      ];
    },
  });
}

// What is chosen stays a choice, also when it is no longer among those that are known.
function withChosen(choices: { value: string; label: string }[], chosen: string | null) {
  if (!chosen || choices.some((one) => one.value === chosen)) return choices;
  return [...choices, { value: chosen, label: chosen }];
}

function Choice(props: {
  name: Filter;
  label: string;
  choices: { value: string; label: string }[];
  isSearchable?: boolean;
}) {
  const t = useTexts();
  const [search, setSearch] = useSearchParams();
  const chosen = search.get(props.name);
  return (
    <Select
      size="xs"
      w={{ base: "calc(50% - 5px)", sm: 160 }}
      label={props.label}
      placeholder={t("any")}
      clearable
      searchable={props.isSearchable}
      data={withChosen(props.choices, chosen)}
      value={chosen}
      renderOption={props.name === "status" ? ({ option }) => <StatusOption value={option.value} /> : undefined}
      onChange={(value) => setSearch(withFilter(search, props.name, value ?? ""))}
    />
  );
}

function StatusOption({ value }: { value: string }) {
  const status = kStatuses.find((one) => one === value);
  return status ? <StatusBadge status={status} /> : value;
}

function TimeField({ name, label }: { name: "from" | "until"; label: string }) {
  const [search, setSearch] = useSearchParams();
  return (
    <TextInput
      size="xs"
      w={{ base: "calc(50% - 5px)", sm: 190 }}
      type="datetime-local"
      label={label}
      value={search.get(name) ?? ""}
      onChange={(event) => setSearch(withFilter(search, name, event.currentTarget.value), { replace: true })}
    />
  );
}

export function HistoryFilters() {
  const statusText = useStatusTexts();
  const t = useTexts();
  const project = useProject();
  const files = useQuery(fileNames(project.id));
  const starters = useStarters(project.id);
  const [search, setSearch] = useSearchParams();
  const entries = (files.data ?? []).filter((name) => name.endsWith(".xml"));
  const clear = () => {
    const next = new URLSearchParams(search);
    for (const name of [...kFilters, "cursor"]) next.delete(name);
    setSearch(next);
  };
  return (
    <Group gap={10} mb="md" align="flex-end" role="group" aria-label={t("filters")}>
      <Choice
        name="status"
        label={t("status")}
        choices={kStatuses.map((status) => ({ value: status, label: statusText(status) }))}
      />
      <Choice
        name="trigger"
        label={t("trigger")}
        choices={kTriggers.map((trigger) => ({ value: trigger, label: triggerText(t, trigger) }))}
      />
      <Choice
        name="entry"
        label={t("entry")}
        choices={entries.map((name) => ({ value: name, label: name }))}
        isSearchable
      />
      <Choice name="created_by" label={t("by")} choices={starters.data ?? []} isSearchable />
      <TimeField name="from" label={t("from")} />
      <TimeField name="until" label={t("until")} />
      {isFiltered(search) ? (
        <Button size="xs" variant="subtle" leftSection={<IconFilterOff size={16} />} onClick={clear}>
          {t("clearFilters")}
        </Button>
      ) : null}
    </Group>
  );
}
