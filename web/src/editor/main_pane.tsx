// The middle of the editor: tabs, tools, what is to be said, and the open file.
import { confirm } from "../components/confirm";
import { Loading } from "../components/loading";
import { ProblemAlert } from "../components/problem_alert";
import { RunButton } from "../tasks/run_button";
import { ChangedBanner, LockBanner, ReadingBanner } from "./banners";
import { ContentView, NoSuchFile, NothingOpen } from "./content_view";
import classes from "./editor.module.css";
import { OpenTabs } from "./open_tabs";
import { ProblemList } from "./problem_list";
import { useTexts } from "./texts";
import { Toolbar } from "./toolbar";
import type { Editor } from "./use_editor";
import type { PreviewSwitch } from "./preview_place";

interface Props {
  editor: Editor;
  preview: PreviewSwitch;
  isNarrow: boolean;
  onFiles: () => void;
}

export function MainPane({ editor, preview, isNarrow, onFiles }: Props) {
  const { file, active, workbench, open } = editor;
  return (
    <div className={classes.pane}>
      <OpenTabs workbench={workbench} active={active} addressOf={editor.addressOf} onClose={editor.close} />
      {file ? (
        <OpenFile editor={editor} preview={preview} isNarrow={isNarrow} onFiles={onFiles} />
      ) : (
        <div className={classes.scrolled}>
          {active === "" ? (
            <NothingOpen onFiles={isNarrow ? onFiles : null} />
          ) : (
            <NoSuchFile
              name={active}
              hasDraft={workbench.isDirty(active)}
              onCreate={
                editor.mayEdit ? () => void editor.actions.createNamed(active, workbench.get(active)?.text ?? "") : null
              }
              onClose={() => editor.close(active)}
            />
          )}
        </div>
      )}
      {open.error ? <ProblemAlert error={open.error} onRetry={open.retry} /> : null}
    </div>
  );
}

function OpenFile({ editor, preview, isNarrow, onFiles }: Props) {
  const t = useTexts();
  const { file, active, open, holder, isUnsaved, saving, workbench } = editor;
  const { document } = open;
  const isText = document?.content.kind === "text";
  const takeOver = () =>
    confirm({
      title: t("takeOverTitle", { holder: holder?.name ?? "" }),
      text: t("takeOverText", { holder: holder?.name ?? "" }),
      yes: t("takeOver"),
      no: t("cancel"),
      onYes: () => void editor.leases.take(active, true),
    });
  return (
    <>
      <Toolbar
        isNarrow={isNarrow}
        mayEdit={editor.mayEdit}
        isText={isText}
        isReadOnly={editor.isReadOnly}
        canFormat={editor.canFormat}
        isDirty={isUnsaved}
        isSaving={saving.saving === active}
        lastSaved={saving.lastSaved}
        hasPreview={editor.isEntry}
        isPreviewShown={preview.isShown}
        run={
          editor.isEntry ? <RunButton project={editor.project.id} entry={active} beforeRun={editor.saveAll} /> : null
        }
        onFiles={onFiles}
        onSave={() => void saving.save(active)}
        onFormat={editor.format}
        onFind={() => editor.code.current?.toggleSearch()}
        onHistory={() => editor.setHistoryOf(active)}
        onDownload={() => editor.actions.download(active)}
        onPreview={preview.toggle}
      />
      {holder && editor.mayEdit ? (
        <LockBanner holder={holder} isDirty={isUnsaved} mayTakeOver={editor.mayTakeOver} onTakeOver={takeOver} />
      ) : null}
      {open.isChanged ? <ChangedBanner name={active} onCompare={() => editor.setConflict(active)} /> : null}
      {document && file ? <ReadingBanner document={document} file={file} /> : null}
      <div className={classes.body}>
        {document && file ? (
          <ContentView
            workbench={workbench}
            document={document}
            file={file}
            isReadOnly={editor.isReadOnly}
            findings={editor.check.findings}
            help={editor.help}
            target={editor.target}
            onEdit={editor.edit}
            onDownload={() => editor.actions.download(active)}
            handle={editor.code}
          />
        ) : open.error ? null : (
          <Loading />
        )}
      </div>
      {isText && (editor.isEntry || active.endsWith(".json")) ? (
        <ProblemList check={editor.check} onShowLine={editor.showLine} />
      ) : null}
    </>
  );
}
