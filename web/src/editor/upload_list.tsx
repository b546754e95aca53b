// What became of each file that is being uploaded.
import { ActionIcon, Button, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { bytes } from "../i18n/format";
import classes from "./editor.module.css";
import { useTexts } from "./texts";
import type { Upload } from "./uploads";
import type { Uploads } from "./use_uploads";

function UploadRow({ upload, onReplace }: { upload: Upload; onReplace: () => void }) {
  const t = useTexts();
  const states = {
    waiting: t("uploadWaiting"),
    sending: t("uploadSending"),
    done: t("uploadDone"),
    exists: t("uploadExists"),
    refused: t("uploadFailed") + ": " + upload.message,
  };
  const isBad = upload.state === "exists" || upload.state === "refused";
  return (
    <li>
      <Text size="sm" className={classes.breaks}>
        {upload.name}{" "}
        <Text span size="xs" c="dimmed">
          {bytes(upload.file.size)}
        </Text>
      </Text>
      <Group gap="xs">
        <Text size="xs" c={isBad ? "var(--mantine-color-error)" : "dimmed"} className={classes.breaks}>
          {states[upload.state]}
        </Text>
        {upload.state === "exists" ? (
          <Button
            size="compact-xs"
            variant="default"
            onClick={onReplace}
            aria-label={`${t("uploadReplace")}: ${upload.name}`}
          >
            {t("uploadReplace")}
          </Button>
        ) : null}
      </Group>
    </li>
  );
}

export function UploadList({ uploads }: { uploads: Uploads }) {
  const t = useTexts();
  if (uploads.list.length === 0) return null;
  const done = uploads.list.filter((one) => one.state === "done").length;
  const ended = uploads.list.filter((one) => one.state !== "waiting" && one.state !== "sending").length;
  return (
    <Paper withBorder p="xs" className={classes.uploads} role="region" aria-label={t("uploads")}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600} role="status">
          {t("uploadSummary", { done, count: uploads.list.length })}
        </Text>
        <ActionIcon variant="subtle" color="gray" size="sm" onClick={uploads.clear} aria-label={t("dismiss")}>
          <IconX size={14} />
        </ActionIcon>
      </Group>
      <Progress my={4} value={(100 * ended) / uploads.list.length} aria-label={t("uploads")} />
      <Stack component="ul" gap={4} className={classes.plainList}>
        {uploads.list.map((upload) => (
          <UploadRow key={upload.id} upload={upload} onReplace={() => uploads.replace(upload)} />
        ))}
      </Stack>
    </Paper>
  );
}
