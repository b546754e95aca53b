// Asks before something is lost.
import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";

export function confirm(options: { title: string; text: string; yes: string; no: string; onYes: () => void }): void {
  modals.openConfirmModal({
    title: options.title,
    children: <Text size="sm">{options.text}</Text>,
    labels: { confirm: options.yes, cancel: options.no },
    confirmProps: { color: "red" },
    onConfirm: options.onYes,
  });
}
