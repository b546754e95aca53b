// A form that runs a mutation: sends it instead of the page, and shows why it was refused above its fields.
import { Button, Group, Stack, type StackProps } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemAlert } from "./problem_alert";
import { useTexts } from "./texts";

type Send = Pick<UseMutationResult<unknown, Error, void>, "mutate" | "isPending" | "error">;

export function Form({
  send,
  error,
  children,
  ...stack
}: StackProps & { send: Send; error?: Error | null; children: ReactNode }) {
  const refused = error ?? send.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <Stack {...stack}>
        {refused ? <ProblemAlert error={refused} /> : null}
        {children}
      </Stack>
    </form>
  );
}

// The end of a form in a dialog.
export function DialogButtons(props: { submit: string; send: Send; onClose: () => void; isDisabled?: boolean }) {
  const t = useTexts();
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={props.onClose}>
        {t("cancel")}
      </Button>
      <Button type="submit" loading={props.send.isPending} disabled={props.isDisabled}>
        {props.submit}
      </Button>
    </Group>
  );
}
