// What stands where nothing is yet: says what would be here, and how to get it.
import { Center, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { ReactNode } from "react";

export function EmptyState(props: {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  order?: 1 | 2;
}) {
  return (
    <Center py="xl">
      <Stack align="center" gap="sm" maw={520}>
        <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
          {props.icon}
        </ThemeIcon>
        <Title order={props.order ?? 2} size="h3" ta="center">
          {props.title}
        </Title>
        {props.children ? (
          <Text c="dimmed" ta="center" component="div">
            {props.children}
          </Text>
        ) : null}
        {props.actions}
      </Stack>
    </Center>
  );
}
