// Records a second, as far as they have been seen.
import { Text } from "@mantine/core";
import { useMemo } from "react";
import { count } from "../i18n/format";
import { ratesOf, type RatePoint, type Sample } from "./task_state";
import { useTexts } from "./texts";
import classes from "./throughput_chart.module.css";

const kWidth = 600;
const kHeight = 64;

function pathOf(points: RatePoint[], highest: number): string {
  const first = points[0]!.at;
  const span = Math.max(0.001, points.at(-1)!.at - first);
  return points
    .map(({ at, rate }) => {
      const x = ((at - first) / span) * kWidth;
      const y = kHeight - (rate / highest) * (kHeight - 2);
      return x.toFixed(1) + "," + y.toFixed(1);
    })
    .join(" L");
}

export function ThroughputChart({ samples }: { samples: Sample[] }) {
  const t = useTexts();
  const points = useMemo(() => ratesOf(samples), [samples]);
  if (points.length < 3) return null;
  const highest = Math.max(1, ...points.map((point) => point.rate));
  const line = pathOf(points, highest);
  const peak = t("rate", { rate: count(Math.round(highest)) });
  return (
    <figure className={classes.figure}>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${kWidth} ${kHeight}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("throughput", { peak })}
      >
        <path className={classes.area} d={`M0,${kHeight} L${line} L${kWidth},${kHeight} Z`} />
        <path className={classes.line} d={`M${line}`} vectorEffect="non-scaling-stroke" />
      </svg>
      <Text component="figcaption" size="xs" c="dimmed">
        {t("throughput", { peak })}
      </Text>
    </figure>
  );
}
