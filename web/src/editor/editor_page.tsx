// The editor: files on the left, the open one in the middle, its preview on the right.
import { CloseButton, Drawer, Group, Splitter, VisuallyHidden } from "@mantine/core";
import { useDocumentTitle, useLocalStorage, useMediaQuery, type SplitterPaneSize } from "@mantine/hooks";
import { useCallback, useLayoutEffect, useState } from "react";
import { Loading } from "../components/loading";
import { ProblemAlert } from "../components/problem_alert";
import { choose } from "./choice_dialog";
import { ConflictDialog } from "./conflict_dialog";
import classes from "./editor.module.css";
import { labelOf } from "./file_tree";
import type { Wanted } from "./content_search";
import { FilesPane } from "./files_pane";
import { HistoryDialog } from "./history_dialog";
import { MainPane } from "./main_pane";
import { PreviewPlace, usePreviewSwitch } from "./preview_place";
import { QuickOpen } from "./quick_open";
import { useTexts } from "./texts";
import { useEditor, type Editor } from "./use_editor";
import { useEditorKeys } from "./use_editor_keys";
import { useLeaveGuard } from "./use_leave_guard";

// Of the panes, without and with the preview, as they were last drawn.
interface Sizes {
  two: SplitterPaneSize[];
  three: SplitterPaneSize[];
}
const kSizes: Sizes = { two: ["250px", 100], three: ["250px", 55, 45] };

// As high as what is left of the window below the page's head.
function useRestOfWindow() {
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  useLayoutEffect(() => {
    if (!frame) return undefined;
    const fit = () => {
      const top = frame.getBoundingClientRect().top + window.scrollY;
      frame.style.height = `${Math.max(window.innerHeight - top - 12, 360)}px`;
    };
    fit();
    // What stands above it may grow: a banner of the instance, a name on two lines.
    const observer = new ResizeObserver(fit);
    if (frame.parentElement) observer.observe(frame.parentElement);
    window.addEventListener("resize", fit);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", fit);
    };
  }, [frame]);
  return setFrame;
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
  const setFrame = useRestOfWindow();
  const preview = usePreviewSwitch();
  const isPreviewShown = preview.isShown && editor.isEntry;
  const isThree = isPreviewShown && preview.isBeside;
  const [sizes, setSizes] = useLocalStorage<Sizes>({
    key: "mimus-editor-sizes",
    defaultValue: kSizes,
    getInitialValueInEffect: false,
  });
  const [wanted, setWanted] = useState<Wanted>({ text: "", isCaseMatched: false });
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
    setIsFilesShown(isNarrow);
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
      wanted={wanted}
      onWanted={setWanted}
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
      <div className={classes.frame} ref={setFrame}>
        {isNarrow ? (
          <>
            {main}
            <Drawer.Root opened={isFilesShown} onClose={() => setIsFilesShown(false)} size="88%" padding="xs">
              <Drawer.Overlay />
              <Drawer.Content aria-label={t("files")}>
                <Drawer.Body>
                  <Group justify="flex-end">
                    <CloseButton onClick={() => setIsFilesShown(false)} aria-label={t("close")} />
                  </Group>
                  {filesPane}
                </Drawer.Body>
              </Drawer.Content>
            </Drawer.Root>
          </>
        ) : (
          <Splitter
            className={classes.split}
            sizes={isThree ? sizes.three : sizes.two}
            onSizeChange={(next) => setSizes({ ...sizes, [isThree ? "three" : "two"]: next })}
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
            {isThree ? (
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
