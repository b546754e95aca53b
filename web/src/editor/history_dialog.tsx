// What a file was before: its versions, what differs from the text now, and the way back.
import { Alert, Button, Group, Modal, Text, UnstyledButton } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import type { FileVersion } from "../api/types";
import { confirm } from "../components/confirm";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { notifyDone, notifyProblem } from "../components/notify";
import { ProblemAlert } from "../components/problem_alert";
import { TimeText } from "../components/time_text";
import { bytes, time } from "../i18n/format";
import { Comparison } from "./comparison";
import classes from "./editor.module.css";
import { useTexts } from "./texts";
import { restoreVersion, useVersions, useVersionText } from "./versions";

interface Props {
  project: string;
  name: string;
  present: string | null; // the text now; null: there is none
  isDirty: boolean;
  mayRestore: boolean;
  onRestored: () => void;
  onClose: () => void;
}

function VersionRow({
  version,
  isChosen,
  isNow,
  onChoose,
}: {
  version: FileVersion;
  isChosen: boolean;
  isNow: boolean;
  onChoose: () => void;
}) {
  const t = useTexts();
  return (
    <li>
      <UnstyledButton className={classes.version} aria-current={isChosen} onClick={onChoose}>
        <Text size="sm" fw={600}>
          <TimeText value={version.created_at} /> {isNow ? `(${t("versionNow")})` : ""}
        </Text>
        <Text size="xs" className={classes.breaks}>
          {t("versionBy", { name: version.created_by })} ·{" "}
          {version.is_removal ? t("versionRemoved") : bytes(version.size)}
        </Text>
      </UnstyledButton>
    </li>
  );
}

function ChosenVersion({ version, props }: { version: FileVersion; props: Props }) {
  const t = useTexts();
  const query = useVersionText(props.project, version);
  const when = time(version.created_at);
  const restore = () =>
    confirm({
      title: t("restoreTitle", { time: when }),
      text: props.isDirty ? t("restoreUnsaved") : t("restoreText"),
      yes: t("restore"),
      no: t("cancel"),
      onYes: () =>
        void restoreVersion(props.project, version).then(() => {
          notifyDone(t("restored"));
          props.onRestored();
        }, notifyProblem),
    });
  if (version.is_removal) return <Text size="sm">{t("versionRemoved")}</Text>;
  return (
    <>
      {props.mayRestore ? (
        <Group justify="flex-end" mb="xs">
          <Button size="compact-sm" variant="default" leftSection={<IconHistory size={15} />} onClick={restore}>
            {t("restore")}
          </Button>
        </Group>
      ) : null}
      <Loaded query={query}>
        {(text) =>
          text === null || props.present === null ? (
            <Alert color="gray">{t("versionNoText")}</Alert>
          ) : (
            <Comparison
              name={props.name}
              before={text}
              after={props.present}
              labels={[t("thisVersion", { time: when }), t("present")]}
            />
          )
        }
      </Loaded>
    </>
  );
}

export function HistoryDialog(props: Props) {
  const t = useTexts();
  const { project, name, onClose } = props;
  const query = useVersions(project, name);
  const versions = query.data?.pages.flatMap((page) => page.versions) ?? [];
  const [chosenId, setChosenId] = useState("");
  // At first the one before the last, which tells what the last save has changed.
  const chosen = versions.find((one) => one.id === chosenId) ?? versions[1] ?? versions[0];
  return (
    <Modal opened onClose={onClose} title={t("historyOf", { name })} size="min(1500px, 96vw)">
      {query.isError ? <ProblemAlert error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && versions.length === 0 ? (
        <EmptyState icon={<IconHistory />} title={t("noVersions")}>
          {t("noVersionsText")}
        </EmptyState>
      ) : null}
      {chosen ? (
        <div className={classes.history}>
          <nav className={classes.versions} tabIndex={0} aria-label={t("versionsOf")}>
            <ol className={classes.plainList}>
              {versions.map((version, index) => (
                <VersionRow
                  key={version.id}
                  version={version}
                  isChosen={version.id === chosen.id}
                  isNow={index === 0}
                  onChoose={() => setChosenId(version.id)}
                />
              ))}
            </ol>
            {query.hasNextPage ? (
              <Button
                size="compact-sm"
                variant="subtle"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {t("loadMore")}
              </Button>
            ) : null}
          </nav>
          <div className={classes.historyMain}>
            <ChosenVersion key={chosen.id} version={chosen} props={props} />
          </div>
        </div>
      ) : null}
    </Modal>
  );
}
