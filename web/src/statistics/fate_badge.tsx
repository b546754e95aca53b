import { Badge } from "@mantine/core";
import type { Fate } from "./comparison";
import { useTexts } from "./texts";

const kFateColors = { same: "gray", changed: "orange", added: "green", removed: "red" } as const;

export function FateBadge({ fate }: { fate: Fate }) {
  const t = useTexts();
  return (
    <Badge variant="light" color={kFateColors[fate]} tt="none">
      {fate === "same" ? t("same_") : t(fate)}
    </Badge>
  );
}
