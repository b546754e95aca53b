// The editor: files on the left, the open one in the middle, its preview on the right.
import { Drawer, Splitter, VisuallyHidden } from "@mantine/core";
import { useDocumentTitle, useMediaQuery } from "@mantine/hooks";
import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { Loading } from "../components/loading";
import { ProblemAlert } from "../components/problem_alert";
import { choose } from "./choice_dialog";
import { ConflictDialog } from "./conflict_dialog";
import classes from "./editor.module.css";
import { labelOf } from "./file_tree";
import { FilesPane } from "./files_pane";
import { HistoryDialog } from "./history_dialog";
import { MainPane } from "./main_pane";
import { PreviewPlace, usePreviewSwitch } from "./preview_place";
import { QuickOpen } from "./quick_open";
import { useTexts } from "./texts";
import { useEditor, type Editor } from "./use_editor";
import { useEditorKeys } from "./use_editor_keys";
import { useLeaveGuard } from "./use_leave_guard";

// As high as what is left of the window below the page's head.
function useRestOfWindow() {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const fit = () => {
      const element = frame.current;
      if (!element) return;
      const top = element.getBoundingClientRect().top + window.scrollY;
      element.style.height = `${Math.max(window.innerHeight - top - 12, 360)}px`;
    };
    fit();
    const observer = new ResizeObserver(fit);
    observer.observe(document.body);
    window.addEventListener("resize", fit);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", fit);
    };
  }, []);
  return frame;
}

function useGuard(editor: Editor) {
  const t = useTexts();
  const { workbench, saveAll, base } = editor;
  const isUnsaved = useCallback(() => workbench.dirtyNames().length > 0, [workbench]);
  const ask = useCallback(
    (leave: () => void) => {
      const names = workbench.dirtyNames();
      choose({
        title: t("leaveTitle"),
        text: t("leaveText", { count: names.length, names: names.map(labelOf).join(", ") }),
        choices: [
          { label: t("stay"), onChoose: () => undefined },
          { label: t("leave"), onChoose: leave },
          {
            label: t("saveAndLeave"),
            variant: "filled",
            onChoose: () => void saveAll().then((isSaved) => isSaved && leave()),
          },
        ],
      });
    },
    [workbench, saveAll, t],
  );
  useLeaveGuard(base, isUnsaved, ask);
}

export default function EditorPage() {
  const t = useTexts();
  const editor = useEditor();
  const { project, active, workbench, list } = editor;
  const frame = useRestOfWindow();
  const preview = usePreviewSwitch();
  const isPreviewShown = preview.isShown && editor.isEntry;
  const isNarrow = useMediaQuery("(max-width: 767px)", false, { getInitialValueInEffect: false });
  const [isFilesShown, setIsFilesShown] = useState(false);
  const [isSearching, setIsSearching] = useState(false);
  const [isFinding, setIsFinding] = useState(false);
  const title = t("title", { project: project.name });
  useDocumentTitle((active ? labelOf(active) + " – " : "") + title + " – Mimus");
  useGuard(editor);
  const step = (by: number) => {
    const { tabs } = workbench;
    const next = tabs[(tabs.indexOf(active) + by + tabs.length) % tabs.length];
    if (next !== undefined) editor.goTo(next);
  };
  const showFiles = (isSearch: boolean) => {
    setIsSearching(isSearch);
    setIsFilesShown(true);
  };
  useEditorKeys({
    save: () => editor.mayEdit && active !== "" && void editor.saving.save(active),
    format: () => editor.canFormat && !editor.isReadOnly && editor.format(),
    find: () => editor.code.current?.toggleSearch(),
    quickOpen: () => setIsFinding(true),
    search: () => showFiles(true),
    next: () => step(1),
    previous: () => step(-1),
    close: () => active !== "" && editor.close(active),
    focusTree: () => {
      showFiles(false);
      requestAnimationFrame(() => document.querySelector<HTMLElement>('#editor-files [tabindex="0"]')?.focus());
    },
    focusEditor: () => editor.code.current?.focus(),
    focusPreview: preview.focus,
  });
  const open = (name: string) => {
    setIsFilesShown(false);
    editor.goTo(name);
  };
  if (list.isError && !list.data) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const filesPane = (
    <FilesPane
      project={project.id}
      files={editor.files}
      emptyFolders={editor.emptyFolders}
      active={active}
      workbench={workbench}
      actions={editor.actions}
      uploads={editor.uploads}
      mayEdit={editor.mayEdit}
      isSearching={isSearching}
      onSearch={setIsSearching}
      onOpen={open}
      onHistory={editor.setHistoryOf}
      onShowLine={(file, line, column) => {
        setIsFilesShown(false);
        editor.showLine(file, line, column);
      }}
    />
  );
  const main = (
    <>
      <MainPane editor={editor} preview={preview} isNarrow={isNarrow} onFiles={() => showFiles(false)} />
      {isPreviewShown && !preview.isBeside ? <PreviewPlace editor={editor} isBelow /> : null}
    </>
  );
  return (
    <>
      <VisuallyHidden>
        <h1>{title}</h1>
      </VisuallyHidden>
      <div className={classes.frame} ref={frame}>
        {isNarrow ? (
          <>
            {main}
            <Drawer
              opened={isFilesShown}
              onClose={() => setIsFilesShown(false)}
              title={t("files")}
              size="88%"
              padding="xs"
            >
              {filesPane}
            </Drawer>
          </>
        ) : (
          <Splitter
            key={String(isPreviewShown && preview.isBeside)}
            className={classes.split}
            handleColor="var(--mantine-color-default-border)"
            lineSize={1}
            step="8px"
            shiftStep="40px"
          >
            <Splitter.Pane defaultSize="250px" min="150px" max="520px" className={classes.pane}>
              {filesPane}
            </Splitter.Pane>
            <Splitter.Pane defaultSize={55} min={25} className={classes.pane}>
              {main}
            </Splitter.Pane>
            {isPreviewShown && preview.isBeside ? (
              <Splitter.Pane defaultSize={45} min={20} className={classes.pane}>
                <PreviewPlace editor={editor} isBelow={false} />
              </Splitter.Pane>
            ) : null}
          </Splitter>
        )}
      </div>
      <Dialogs editor={editor} />
      {isFinding ? <QuickOpen files={editor.files} onOpen={open} onClose={() => setIsFinding(false)} /> : null}
    </>
  );
}

function Dialogs({ editor }: { editor: Editor }) {
  const { project, workbench, historyOf, conflict } = editor;
  const changed = editor.files.find((file) => file.name === conflict);
  const document = workbench.get(historyOf);
  return (
    <>
      {historyOf !== "" ? (
        <HistoryDialog
          project={project.id}
          name={historyOf}
          present={document?.content.kind === "text" ? document.text : null}
          isDirty={workbench.isDirty(historyOf)}
          mayRestore={editor.mayEdit}
          onRestored={() => {
            workbench.discard(historyOf);
            editor.setHistoryOf("");
            void editor.refresh();
          }}
          onClose={() => editor.setHistoryOf("")}
        />
      ) : null}
      {changed ? (
        <ConflictDialog
          project={project.id}
          file={changed}
          workbench={workbench}
          mayOverwrite={!editor.isReadOnly}
          onOverwrite={() => void editor.saving.overwrite(conflict)}
          onClose={() => editor.setConflict("")}
        />
      ) : null}
    </>
  );
}
