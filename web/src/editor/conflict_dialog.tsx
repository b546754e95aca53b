// Two people have changed one file: which text shall be there? Both are shown.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { FileMetadata } from "../api/types";
import { Loaded } from "../components/loaded";
import { Comparison } from "./comparison";
import classes from "./editor.module.css";
import { readFile, type ReadFile } from "./files";
import { useTexts } from "./texts";
import type { Workbench } from "./workbench";

interface Props {
  project: string;
  file: FileMetadata;
  workbench: Workbench;
  mayOverwrite: boolean;
  onOverwrite: () => void;
  onClose: () => void;
}

export function ConflictDialog({ project, file, workbench, mayOverwrite, onOverwrite, onClose }: Props) {
  const t = useTexts();
  const { name } = file;
  const query = useQuery({
    queryKey: ["project", project, "text", name, file.sha256],
    queryFn: ({ signal }) => readFile(project, file, signal),
    gcTime: 0,
    staleTime: Infinity,
  });
  const takeTheirs = ({ content, etag }: ReadFile) => {
    workbench.takeTheirs(name, content, etag);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("changedTitle", { name })} size="min(1400px, 96vw)">
      <Loaded query={query}>
        {(theirs) => (
          <Stack>
            <Text size="sm">{t("changedText")}</Text>
            {theirs.content.kind === "text" ? (
              <div className={classes.compared}>
                <Comparison
                  name={name}
                  before={theirs.content.text}
                  after={workbench.get(name)?.text ?? ""}
                  labels={[t("theirs"), t("mine")]}
                />
              </div>
            ) : null}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t("cancel")}
              </Button>
              <Button variant="default" onClick={() => takeTheirs(theirs)}>
                {t("loadTheirs")}
              </Button>
              {mayOverwrite ? (
                <Button
                  color="red"
                  onClick={() => {
                    onClose();
                    onOverwrite();
                  }}
                >
                  {t("overwrite")}
                </Button>
              ) : null}
            </Group>
          </Stack>
        )}
      </Loaded>
    </Modal>
  );
}
