// The shape of a column in a row of the table: a few small bars.
import { Text } from "@mantine/core";
import { binsOf, type Column } from "./statistics";
import { useTexts } from "./texts";

const kWidth = 96;
const kHeight = 26;

export function Shape({ column }: { column: Column }) {
  const t = useTexts();
  const bins = binsOf(column).slice(0, 24);
  if (bins.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {t("noShape")}
      </Text>
    );
  }
  const highest = Math.max(...bins.map((bin) => bin.count));
  const step = kWidth / bins.length;
  return (
    <svg width={kWidth} height={kHeight} role="img" aria-label={t("shapeOf", { name: column.path })}>
      {bins.map((bin, index) => {
        const height = Math.max(bin.count > 0 ? 1 : 0, (bin.count / highest) * kHeight);
        return (
          <rect
            key={index}
            x={index * step}
            y={kHeight - height}
            width={Math.max(1, step - 1)}
            height={height}
            fill="var(--mantine-primary-color-filled)"
          />
        );
      })}
    </svg>
  );
}
