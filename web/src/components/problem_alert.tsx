// A refusal, with what to do about it.
import { Alert, Button, Code, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { isProblem } from "../api/problem";
import { useTexts } from "./texts";

export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useTexts();
  const problem = isProblem(error) ? error : undefined;
  const isNetwork = problem?.code === "network";
  const message = isNetwork ? t("network") : problem ? problem.message : String(error);
  const hint = isNetwork ? t("networkHint") : problem?.body.hint;
  return (
    <Alert color="red" icon={<IconAlertTriangle />} role="alert" title={message}>
      <Stack gap="xs" align="flex-start">
        {problem?.body.file && problem.body.line ? (
          <Text size="sm">{t("place", { file: problem.body.file, line: problem.body.line })}</Text>
        ) : null}
        {hint ? <Text size="sm">{hint}</Text> : null}
        {problem?.body.errors?.map((one) => (
          <Text size="sm" key={one.field + one.message}>
            {one.field}: {one.message}
          </Text>
        ))}
        <Group gap="xs">
          {problem && !isNetwork ? <Code>{problem.code}</Code> : null}
          {onRetry ? (
            <Button size="xs" variant="default" onClick={onRetry}>
              {t("retry")}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Alert>
  );
}
