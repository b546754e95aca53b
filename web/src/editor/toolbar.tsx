// What can be done with the open file.
import { ActionIcon, Button, Group, Tooltip, VisuallyHidden } from "@mantine/core";
import {
  IconDeviceFloppy,
  IconDownload,
  IconFolders,
  IconHistory,
  IconIndentIncrease,
  IconLayoutSidebarRight,
  IconSearch,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./editor.module.css";
import { useTexts } from "./texts";

interface Props {
  isNarrow: boolean;
  mayEdit: boolean;
  isText: boolean;
  isReadOnly: boolean;
  canFormat: boolean;
  isDirty: boolean;
  isSaving: boolean;
  lastSaved: string;
  hasPreview: boolean;
  isPreviewShown: boolean;
  run: ReactNode;
  onFiles: () => void;
  onSave: () => void;
  onFormat: () => void;
  onFind: () => void;
  onHistory: () => void;
  onDownload: () => void;
  onPreview: () => void;
}

function Tool({
  label,
  icon,
  isOff,
  onClick,
  pressed,
}: {
  label: string;
  icon: ReactNode;
  isOff?: boolean;
  onClick: () => void;
  pressed?: boolean;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={pressed ? "light" : "subtle"}
        color={pressed ? "indigo" : "gray"}
        disabled={isOff ?? false}
        onClick={onClick}
        aria-label={label}
        aria-pressed={pressed}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

export function Toolbar(props: Props) {
  const t = useTexts();
  const { isText, mayEdit } = props;
  return (
    <Group className={classes.tools} gap={4} justify="space-between" role="toolbar" aria-label={t("toolbar")}>
      <Group gap={4}>
        {props.isNarrow ? (
          <Tool label={t("showFiles")} icon={<IconFolders size={17} />} onClick={props.onFiles} />
        ) : null}
        {mayEdit && isText ? (
          <Button
            size="compact-sm"
            leftSection={<IconDeviceFloppy size={16} />}
            variant={props.isDirty ? "filled" : "default"}
            disabled={!props.isDirty || props.isReadOnly}
            loading={props.isSaving}
            onClick={props.onSave}
          >
            {t("save")}
          </Button>
        ) : null}
        {isText && mayEdit ? (
          <Tool
            label={t("format")}
            icon={<IconIndentIncrease size={17} />}
            isOff={!props.canFormat || props.isReadOnly}
            onClick={props.onFormat}
          />
        ) : null}
        {isText ? <Tool label={t("find")} icon={<IconSearch size={17} />} onClick={props.onFind} /> : null}
        <Tool label={t("history")} icon={<IconHistory size={17} />} onClick={props.onHistory} />
        <Tool label={t("download")} icon={<IconDownload size={17} />} onClick={props.onDownload} />
        <VisuallyHidden role="status">{props.lastSaved && !props.isDirty ? t("saved") : ""}</VisuallyHidden>
      </Group>
      <Group gap={4}>
        {props.hasPreview ? (
          <Tool
            label={props.isPreviewShown ? t("hidePreview") : t("showPreview")}
            icon={<IconLayoutSidebarRight size={17} />}
            pressed={props.isPreviewShown}
            onClick={props.onPreview}
          />
        ) : null}
        {props.run}
      </Group>
    </Group>
  );
}
