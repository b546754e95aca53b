// The left side of the editor: the tree with its tools, or the search in all files.
import { ActionIcon, Button, Group, Text, Tooltip } from "@mantine/core";
import { IconFilePlus, IconFolderPlus, IconSearch, IconUpload } from "@tabler/icons-react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { FileMetadata } from "../api/types";
import { EmptyState } from "../components/empty_state";
import { ContentSearch, type Wanted } from "./content_search";
import classes from "./editor.module.css";
import { foldersAround, treeOf, visibleRows, type TreeRow } from "./file_tree";
import { useTexts } from "./texts";
import { Tree } from "./tree";
import { TreeMenu } from "./tree_menu";
import { UploadList } from "./upload_list";
import { firstText, type FileActions } from "./use_file_actions";
import type { Uploads } from "./use_uploads";
import type { Workbench } from "./workbench";

interface Props {
  project: string;
  files: readonly FileMetadata[];
  emptyFolders: readonly string[];
  active: string;
  workbench: Workbench;
  actions: FileActions;
  uploads: Uploads;
  mayEdit: boolean;
  isSearching: boolean;
  onSearch: (isOn: boolean) => void;
  wanted: Wanted;
  onWanted: (wanted: Wanted) => void;
  onOpen: (name: string) => void;
  onHistory: (name: string) => void;
  onShowLine: (file: string, line: number, column: number) => void;
}

// Folders are closed at first, but for those around the open file.
function useFolders(active: string) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const around = useMemo(() => new Set(foldersAround(active)), [active]);
  const isOpen = useCallback((path: string) => chosen.get(path) ?? around.has(path), [chosen, around]);
  const toggle = useCallback(
    (path: string, open: boolean) => setChosen((before) => new Map(before).set(path, open)),
    [],
  );
  return { isOpen, toggle };
}

function useFilePicker(onPick: (files: File[], folder: string) => void) {
  const input = useRef<HTMLInputElement>(null);
  const folder = useRef("");
  const pick = (into: string) => {
    folder.current = into;
    input.current?.click();
  };
  const element = (
    <input
      ref={input}
      type="file"
      multiple
      hidden
      data-testid="upload"
      onChange={(event) => {
        onPick([...(event.currentTarget.files ?? [])], folder.current);
        event.currentTarget.value = "";
      }}
    />
  );
  return { pick, element };
}

export function FilesPane(props: Props) {
  const t = useTexts();
  const { files, active, workbench, actions, uploads, mayEdit } = props;
  const folders = useFolders(active);
  const [menu, setMenu] = useState<{ row: TreeRow; place: { x: number; y: number } } | null>(null);
  const picker = useFilePicker((picked, folder) =>
    uploads.add(
      picked.map((file) => ({ name: file.name, file })),
      folder,
    ),
  );
  const tree = useMemo(() => treeOf(files, props.emptyFolders), [files, props.emptyFolders]);
  const rows = useMemo(() => visibleRows(tree, folders.isOpen), [tree, folders.isOpen]);
  if (props.isSearching) {
    return (
      <ContentSearch
        project={props.project}
        files={files}
        workbench={workbench}
        wanted={props.wanted}
        onWanted={props.onWanted}
        onClose={() => props.onSearch(false)}
        onShowLine={props.onShowLine}
      />
    );
  }
  return (
    <div className={classes.side}>
      <Group gap={2} p={6} justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600} pl={6}>
          {t("files")}
        </Text>
        <Group gap={2} wrap="nowrap">
          {mayEdit ? (
            <>
              <Tool label={t("newFile")} onClick={() => actions.create("")} icon={<IconFilePlus size={17} />} />
              <Tool
                label={t("newFolder")}
                onClick={() => actions.createFolder("")}
                icon={<IconFolderPlus size={17} />}
              />
              <Tool label={t("upload")} onClick={() => picker.pick("")} icon={<IconUpload size={17} />} />
            </>
          ) : null}
          <Tool label={t("searchFiles")} onClick={() => props.onSearch(true)} icon={<IconSearch size={17} />} />
        </Group>
      </Group>
      {picker.element}
      {rows.length === 0 ? <NoFiles actions={actions} mayEdit={mayEdit} /> : null}
      <Tree
        id="editor-files"
        rows={rows}
        active={active}
        isOpen={folders.isOpen}
        isDirty={(name) => workbench.isDirty(name)}
        mayEdit={mayEdit}
        onOpen={props.onOpen}
        onToggle={folders.toggle}
        onMenu={(row, place) => setMenu({ row, place })}
        onRename={actions.rename}
        onRemove={actions.remove}
        onMove={actions.move}
        onUpload={uploads.add}
      />
      <UploadList uploads={uploads} />
      {menu ? (
        <TreeMenu
          {...menu}
          actions={actions}
          mayEdit={mayEdit}
          onHistory={props.onHistory}
          onUpload={picker.pick}
          onClose={() => setMenu(null)}
        />
      ) : null}
    </div>
  );
}

function Tool({ label, icon, onClick }: { label: string; icon: React.ReactNode; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" onClick={onClick} aria-label={label}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function NoFiles({ actions, mayEdit }: { actions: FileActions; mayEdit: boolean }) {
  const t = useTexts();
  const name = "datamimic.xml";
  return (
    <EmptyState
      icon={<IconFilePlus />}
      title={t("noFiles")}
      actions={
        mayEdit ? (
          <Button onClick={() => void actions.createNamed(name, firstText(name))}>{t("firstDescriptor")}</Button>
        ) : null
      }
    >
      {mayEdit ? t("noFilesText") : t("noFilesViewer")}
    </EmptyState>
  );
}
