// A comparison of two texts, loaded when it is first shown.
import { Group, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Loading } from "../components/loading";
import classes from "./editor.module.css";
import { useTexts } from "./texts";

const Difference = lazy(() => import("./code/difference"));

interface Props {
  name: string;
  before: string;
  after: string;
  labels: [string, string];
}

export function Comparison({ name, before, after, labels }: Props) {
  const t = useTexts();
  return (
    <>
      <Group justify="space-between" mb={4} gap="xs">
        <Text size="sm" fw={600}>
          − {labels[0]}
        </Text>
        <Text size="sm" fw={600}>
          + {labels[1]}
        </Text>
      </Group>
      {before === after ? (
        <Text size="sm" c="dimmed" role="status">
          {t("same")}
        </Text>
      ) : (
        <div className={classes.difference}>
          <Suspense fallback={<Loading />}>
            <Difference name={name} before={before} after={after} labels={labels} />
          </Suspense>
        </div>
      )}
    </>
  );
}
