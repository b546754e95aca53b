// A secret that the server tells this one time: hidden at first, to be shown or copied.
import { Alert, Button, Code, Group, Stack, Text } from "@mantine/core";
import { IconEye, IconEyeOff, IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { CodeBlock } from "../components/code_block";
import { CopyButton } from "../components/copy_button";
import { useTexts } from "./texts";

export function ShownOnce({ secret, project, onClose }: { secret: string; project: string; onClose: () => void }) {
  const t = useTexts();
  const [isShown, setShown] = useState(false);
  const call = `curl -H "Authorization: Bearer $MIMUS_TOKEN" ${window.location.origin}/api/v1/${project}/files`;
  return (
    <Alert color="teal" icon={<IconKey />} title={t("once")} role="status">
      <Stack gap="xs">
        <Text size="sm">{t("onceText")}</Text>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} data-testid="token">
          {isShown ? secret : "•".repeat(secret.length)}
        </Code>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={isShown ? <IconEyeOff size={16} /> : <IconEye size={16} />}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? t("hide") : t("view")}
          </Button>
          <CopyButton value={secret} label={t("copyToken")} />
          <Button size="xs" onClick={onClose}>
            {t("done")}
          </Button>
        </Group>
        <Text size="sm">{t("try")}</Text>
        <CodeBlock text={call} label={t("try")} />
      </Stack>
    </Alert>
  );
}
