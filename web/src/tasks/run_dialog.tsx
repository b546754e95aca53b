// A run with options.
import { ActionIcon, Autocomplete, Button, Fieldset, Group, Stack, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconPlayerPlay, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { isProblem } from "../api/problem";
import { ProblemAlert } from "../components/problem_alert";
import { keptSeed } from "../preview/preview_seed";
import { fileNames } from "./file_names";
import { environmentsOf, isTime, kNoOptions, toTaskOptions, type TaskOptions, type TypedOptions } from "./run_options";
import { useStart } from "./start_task";
import { useTexts } from "./texts";

type Change = (part: Partial<TypedOptions>) => void;

function Parameters({ typed, onChange }: { typed: TypedOptions; onChange: Change }) {
  const t = useTexts();
  const { parameters } = typed;
  const change = (index: number, part: { name?: string; value?: string }) =>
    onChange({ parameters: parameters.map((one, place) => (place === index ? { ...one, ...part } : one)) });
  return (
    <Fieldset legend={t("parameters")}>
      <Stack gap="xs">
        <Text size="xs" c="dimmed">
          {t("parametersHint")}
        </Text>
        {parameters.map((one, index) => (
          <Group key={index} gap="xs" wrap="nowrap">
            <TextInput
              flex={1}
              aria-label={t("parameterName")}
              placeholder={t("parameterName")}
              value={one.name}
              onChange={(event) => change(index, { name: event.currentTarget.value })}
            />
            <TextInput
              flex={1}
              aria-label={t("parameterValue")}
              placeholder={t("parameterValue")}
              value={one.value}
              onChange={(event) => change(index, { value: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("removeParameter", { name: one.name || String(index + 1) })}
              onClick={() => onChange({ parameters: parameters.filter((_, place) => place !== index) })}
            >
              <IconTrash size={18} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={16} />}
          onClick={() => onChange({ parameters: [...parameters, { name: "", value: "" }] })}
        >
          {t("addParameter")}
        </Button>
      </Stack>
    </Fieldset>
  );
}

interface FieldsProps {
  project: string;
  entry: string;
  typed: TypedOptions;
  onChange: Change;
  error: unknown;
}

function Fields({ project, entry, typed, onChange, error }: FieldsProps) {
  const t = useTexts();
  const files = useQuery(fileNames(project));
  const kept = keptSeed(project, entry);
  const said = (field: string) => (isProblem(error) ? error.of(field) : undefined);
  return (
    <Stack gap="sm">
      <TextInput
        label={t("seed")}
        description={t("seedHint")}
        inputMode="numeric"
        value={typed.seed}
        error={said("seed")}
        onChange={(event) => onChange({ seed: event.currentTarget.value.replace(/\D/g, "") })}
      />
      <TextInput
        label={t("clock")}
        description={t("clockHint")}
        value={typed.now}
        error={isTime(typed.now) ? said("now") : t("clockBad")}
        onChange={(event) => onChange({ now: event.currentTarget.value.trim() })}
      />
      {kept ? (
        <Button variant="default" size="xs" onClick={() => onChange({ seed: String(kept.seed), now: kept.now })}>
          {t("seedOfPreview")}
        </Button>
      ) : null}
      <TextInput
        label={t("factor")}
        description={t("factorHint")}
        inputMode="decimal"
        placeholder="1"
        value={typed.factor}
        error={said("count_factor")}
        onChange={(event) => onChange({ factor: event.currentTarget.value.replace(",", ".").replace(/[^\d.]/g, "") })}
      />
      <Autocomplete
        label={t("environment")}
        description={t("environmentHint")}
        data={environmentsOf(files.data ?? [])}
        value={typed.environment}
        error={said("environment")}
        onChange={(environment) => onChange({ environment })}
      />
      <Parameters typed={typed} onChange={onChange} />
    </Stack>
  );
}

interface RunFormProps {
  project: string;
  entry: string;
  beforeRun?: () => Promise<boolean>;
}

function RunForm({ project, entry, beforeRun }: RunFormProps) {
  const t = useTexts();
  const [typed, setTyped] = useState(kNoOptions);
  const start = useStart(project);
  const run = async (options: TaskOptions) => {
    if (beforeRun && !(await beforeRun())) return;
    start.mutate(options, { onSuccess: close });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTime(typed.now)) void run(toTaskOptions(entry, typed));
  };
  return (
    <form onSubmit={submit}>
      <Text size="sm" ff="monospace" mb="sm" truncate title={entry}>
        {entry}
      </Text>
      <Fields
        project={project}
        entry={entry}
        typed={typed}
        onChange={(part) => setTyped({ ...typed, ...part })}
        error={start.error}
      />
      {start.isError ? (
        <Stack mt="md">
          <ProblemAlert error={start.error} />
        </Stack>
      ) : null}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={start.isPending} leftSection={<IconPlayerPlay size={16} />}>
          {t("run")}
        </Button>
      </Group>
    </form>
  );
}

const kModal = "run-options";
const close = () => modals.close(kModal);

// Outside of the page below it: what has been typed outlives a turned screen.
export function openRunDialog(title: string, form: RunFormProps): void {
  modals.open({ modalId: kModal, title, size: "md", children: <RunForm {...form} /> });
}
