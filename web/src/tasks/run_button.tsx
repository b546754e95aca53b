// Runs a descriptor: at once, or with options. Nothing for those who may not.
import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustments, IconChevronDown, IconPlayerPlay, IconRobot } from "@tabler/icons-react";
import { useState } from "react";
import { notifyProblem } from "../components/notify";
import { useProjectQuery } from "../project/project";
import { mayAs } from "../session/session";
import { CiDrawer } from "./ci_drawer";
import { openRunDialog } from "./run_dialog";
import { useStart } from "./start_task";
import { useTexts } from "./texts";

interface RunButtonProps {
  project: string;
  entry: string;
  // Saves what is not saved yet; false: it did not work out, and nothing is run.
  beforeRun?: () => Promise<boolean>;
}

export function RunButton({ project, entry, beforeRun }: RunButtonProps) {
  const t = useTexts();
  const { data: details } = useProjectQuery(project);
  const [isCiOpen, ci] = useDisclosure();
  const [isPreparing, setIsPreparing] = useState(false);
  const start = useStart(project);
  if (!details || !mayAs(details.role, "editor")) return null;
  const run = async () => {
    setIsPreparing(true);
    try {
      if (beforeRun && !(await beforeRun())) return;
      await start.mutateAsync({ entry, count_factor: 1 });
    } catch (error) {
      notifyProblem(error);
    } finally {
      setIsPreparing(false);
    }
  };
  return (
    <Group gap={1} wrap="nowrap" data-tour="run">
      <Button
        size="compact-md"
        loading={isPreparing}
        onClick={() => void run()}
        leftSection={<IconPlayerPlay size={16} />}
        style={{ borderTopRightRadius: 0, borderBottomRightRadius: 0 }}
      >
        {t("run")}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            size={30}
            variant="filled"
            aria-label={t("moreRun")}
            style={{ borderTopLeftRadius: 0, borderBottomLeftRadius: 0 }}
          >
            <IconChevronDown size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconAdjustments size={16} />}
            onClick={() => openRunDialog(t("runOptions"), { project, entry, beforeRun })}
          >
            {t("runOptions")} …
          </Menu.Item>
          <Menu.Item leftSection={<IconRobot size={16} />} onClick={ci.open}>
            {t("callFromCi")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <CiDrawer project={project} entry={entry} opened={isCiOpen} onClose={ci.close} />
    </Group>
  );
}
