// The status of a task, as icon, colour and word.
import { Badge } from "@mantine/core";
import { IconBan, IconCheck, IconClock, IconLoader, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { TaskStatus } from "../api/types";
import { area } from "../i18n/texts";

export const useStatusTexts = area("status", {
  en: { PENDING: "waiting", RUNNING: "running", SUCCEEDED: "succeeded", FAILED: "failed", CANCELLED: "cancelled" },
  de: { PENDING: "wartet", RUNNING: "läuft", SUCCEEDED: "gelungen", FAILED: "gescheitert", CANCELLED: "abgebrochen" },
});

const kLooks: Record<TaskStatus, { color: string; icon: ReactNode }> = {
  PENDING: { color: "gray", icon: <IconClock size={14} /> },
  RUNNING: { color: "blue", icon: <IconLoader size={14} /> },
  SUCCEEDED: { color: "green", icon: <IconCheck size={14} /> },
  FAILED: { color: "red", icon: <IconX size={14} /> },
  CANCELLED: { color: "orange", icon: <IconBan size={14} /> },
};

export function statusColor(status: TaskStatus): string {
  return kLooks[status].color;
}

export function StatusBadge({ status }: { status: TaskStatus }) {
  const t = useStatusTexts();
  const { color, icon } = kLooks[status];
  return (
    <Badge variant="light" color={color} leftSection={icon} tt="none">
      {t(status)}
    </Badge>
  );
}
