// A question with more than two answers.
import { Button, Group, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";

export interface Choice {
  label: string;
  color?: string;
  variant?: "default" | "filled" | "outline";
  onChoose: () => void;
}

export function choose(options: { title: string; text: string; choices: Choice[]; onClose?: () => void }): void {
  let isAnswered = false;
  const id = modals.open({
    title: options.title,
    size: "lg",
    onClose: () => {
      if (!isAnswered) options.onClose?.();
    },
    children: (
      <Stack>
        <Text size="sm">{options.text}</Text>
        <Group justify="flex-end">
          {options.choices.map((choice) => (
            <Button
              key={choice.label}
              variant={choice.variant ?? "default"}
              {...(choice.color ? { color: choice.color } : {})}
              onClick={() => {
                isAnswered = true;
                modals.close(id);
                choice.onChoose();
              }}
            >
              {choice.label}
            </Button>
          ))}
        </Group>
      </Stack>
    ),
  });
}
