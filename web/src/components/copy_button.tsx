import { ActionIcon, Button, CopyButton as Copying, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTexts } from "./texts";

// Copies `value`; with `label` a button that says so, else an icon.
export function CopyButton({ value, label }: { value: string; label?: string }) {
  const t = useTexts();
  return (
    <Copying value={value} timeout={1500}>
      {({ copied, copy }) => {
        const icon = copied ? <IconCheck size={16} /> : <IconCopy size={16} />;
        if (label) {
          return (
            <Button size="xs" variant="default" leftSection={icon} onClick={copy}>
              {copied ? t("copied") : label}
            </Button>
          );
        }
        return (
          <Tooltip label={copied ? t("copied") : t("copy")}>
            <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={t("copy")}>
              {icon}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </Copying>
  );
}
