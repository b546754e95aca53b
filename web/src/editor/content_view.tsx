// The open file: its text in the code editor, a picture, or what to do with it instead.
import { Button } from "@mantine/core";
import { IconDownload, IconFileOff, IconFileUnknown, IconFiles } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState, type Ref } from "react";
import type { FileMetadata, Finding } from "../api/types";
import { EmptyState } from "../components/empty_state";
import { Loading } from "../components/loading";
import { bytes } from "../i18n/format";
import type { CodeEditorHandle, Target } from "./code/code_editor";
import type { DescriptorHelp } from "./code/language";
import classes from "./editor.module.css";
import { useTexts } from "./texts";
import { kQuickOpenKeys } from "./use_editor_keys";
import type { OpenDocument, Workbench } from "./workbench";

const CodeEditor = lazy(() => import("./code/code_editor"));
const kTabHint = "editor-tab-hint";

interface Props {
  workbench: Workbench;
  document: OpenDocument;
  file: FileMetadata;
  isReadOnly: boolean;
  findings: readonly Finding[];
  help: DescriptorHelp | null;
  target: Target | null;
  onEdit: (name: string, text: string) => void;
  onDownload: () => void;
  handle: Ref<CodeEditorHandle>;
}

function Picture({ blob, name }: { blob: Blob; name: string }) {
  const t = useTexts();
  const [url, setUrl] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return (
    <div className={classes.scrolled} tabIndex={0} role="region" aria-label={t("picture", { name })}>
      {url ? <img src={url} className={classes.picture} alt={t("picture", { name })} /> : null}
    </div>
  );
}

export function ContentView(props: Props) {
  const t = useTexts();
  const { document, file } = props;
  const { content, name } = document;
  if (content.kind === "picture") return <Picture blob={content.blob} name={name} />;
  if (content.kind === "binary") {
    return (
      <EmptyState
        icon={<IconFileUnknown />}
        title={t("binary")}
        actions={
          <Button leftSection={<IconDownload size={16} />} onClick={props.onDownload}>
            {t("download")}
          </Button>
        }
      >
        {t("binaryText", { size: bytes(file.size), type: file.media_type })}
      </EmptyState>
    );
  }
  return (
    <Suspense fallback={<Loading />}>
      <span id={kTabHint} hidden>
        {t("tabHint")}
      </span>
      <CodeEditor
        workbench={props.workbench}
        document={document}
        isReadOnly={props.isReadOnly || content.kind === "excerpt"}
        label={t("codeOf", { name })}
        hint={kTabHint}
        findings={props.findings}
        help={props.help}
        target={props.target}
        onEdit={props.onEdit}
        handle={props.handle}
      />
    </Suspense>
  );
}

// `onFiles`: shows the files, where they are not in sight.
export function NothingOpen({ onFiles }: { onFiles: (() => void) | null }) {
  const t = useTexts();
  return (
    <EmptyState
      icon={<IconFiles />}
      title={t("pick")}
      actions={onFiles ? <Button onClick={onFiles}>{t("showFiles")}</Button> : null}
    >
      {t("pickText", { keys: kQuickOpenKeys })}
    </EmptyState>
  );
}

export function NoSuchFile(props: {
  name: string;
  hasDraft: boolean;
  onCreate: (() => void) | null;
  onClose: () => void;
}) {
  const t = useTexts();
  return (
    <EmptyState
      icon={<IconFileOff />}
      title={t("gone", { name: props.name })}
      actions={
        <>
          {props.onCreate ? <Button onClick={props.onCreate}>{t("createAgain")}</Button> : null}
          <Button variant="default" onClick={props.onClose}>
            {t("close")}
          </Button>
        </>
      }
    >
      {props.hasDraft ? t("goneDraft") : t("goneText")}
    </EmptyState>
  );
}
