// What stands above the text: who else edits it, that it has changed, that it can only be read.
import { Alert, Button, Group, Text } from "@mantine/core";
import { IconEye, IconGitMerge, IconLock } from "@tabler/icons-react";
import { bytes, time } from "../i18n/format";
import type { FileMetadata } from "../api/types";
import { useTexts } from "./texts";
import type { Holder } from "./use_leases";
import type { OpenDocument } from "./workbench";

export function LockBanner(props: { holder: Holder; isDirty: boolean; mayTakeOver: boolean; onTakeOver: () => void }) {
  const t = useTexts();
  const { name: holder, until } = props.holder;
  return (
    <Alert color="yellow" icon={<IconLock />} title={t("lockedBy", { holder })} radius={0} py="xs" role="alert">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          {t("lockedText", { holder, until: time(until) })} {props.isDirty ? t("lockedDraft") : ""}
        </Text>
        {props.mayTakeOver ? (
          <Button size="compact-sm" variant="default" onClick={props.onTakeOver}>
            {t("takeOver")}
          </Button>
        ) : null}
      </Group>
    </Alert>
  );
}

export function ChangedBanner(props: { name: string; onCompare: () => void }) {
  const t = useTexts();
  return (
    <Alert
      color="orange"
      icon={<IconGitMerge />}
      title={t("changedTitle", { name: props.name })}
      radius={0}
      py="xs"
      role="alert"
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t("changedText")}</Text>
        <Button size="compact-sm" variant="default" onClick={props.onCompare}>
          {t("compare")}
        </Button>
      </Group>
    </Alert>
  );
}

export function ReadingBanner({ document, file }: { document: OpenDocument; file: FileMetadata }) {
  const t = useTexts();
  const { content } = document;
  if (content.kind !== "excerpt") return null;
  return (
    <Alert color="blue" icon={<IconEye />} radius={0} py="xs">
      {content.why === "size" ? t("excerptSize", { size: bytes(file.size) }) : t("excerptEncoding")}
    </Alert>
  );
}
