// Asks for the name of a file or folder, and stays open while the server refuses it.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState, type FormEvent } from "react";
import { isProblem } from "../api/problem";
import { nameProblem } from "./file_tree";
import { useTexts } from "./texts";

interface Props {
  initial: string;
  hint: string;
  submit: string;
  onSubmit: (name: string) => Promise<void>;
  onDone: () => void;
}

function NameForm({ initial, hint, submit, onSubmit, onDone }: Props) {
  const t = useTexts();
  const [name, setName] = useState(initial);
  const [error, setError] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const refuse = (problem: unknown) => {
    if (isProblem(problem, "file.exists")) setError(t("nameTaken"));
    else setError(problem instanceof Error ? problem.message : String(problem));
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const bad = nameProblem(name);
    if (bad) return setError(bad === "empty" ? t("nameEmpty") : t("nameBad"));
    setIsBusy(true);
    try {
      await onSubmit(name.trim());
      onDone();
    } catch (problem) {
      refuse(problem);
    }
    setIsBusy(false);
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <Stack>
        <TextInput
          data-autofocus
          label={t("name")}
          description={hint}
          value={name}
          error={error || undefined}
          autoComplete="off"
          spellCheck={false}
          onFocus={(event) => selectStem(event.currentTarget)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={isBusy}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

// The last part of the name without its ending, as file managers do.
function selectStem(input: HTMLInputElement): void {
  const begin = input.value.lastIndexOf("/") + 1;
  const point = input.value.lastIndexOf(".");
  input.setSelectionRange(begin, point > begin ? point : input.value.length);
}

export function askName(options: { title: string } & Omit<Props, "onDone">): void {
  const { title, ...rest } = options;
  const id = modals.open({ title, children: <NameForm {...rest} onDone={() => modals.close(id)} /> });
}
