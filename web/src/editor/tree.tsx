// The tree of files: keyboard as in the ARIA pattern "tree view", drag and drop of files and from outside. Only the rows
// in sight are made.
import { Text } from "@mantine/core";
import {
  IconBraces,
  IconChevronDown,
  IconChevronRight,
  IconDots,
  IconFile,
  IconFileTypeXml,
  IconFolder,
  IconFolderOpen,
  IconLock,
  IconPhoto,
  IconBrandPython,
  IconTable,
} from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent, type MouseEvent } from "react";
import { flushSync } from "react-dom";
import { extensionOf, isPicture } from "./content";
import classes from "./editor.module.css";
import { parentOf, type TreeRow } from "./file_tree";
import { useTexts } from "./texts";
import { droppedFiles, type Dropped } from "./uploads";

export const kRowHeight = 30;
const kDragType = "application/x-mimus-file";

export interface TreeCallbacks {
  onOpen: (name: string) => void;
  onToggle: (path: string, isOpen: boolean) => void;
  onMenu: (row: TreeRow, place: { x: number; y: number }) => void;
  onRename: (path: string) => void;
  onRemove: (path: string) => void;
  onMove: (path: string, folder: string) => void;
  onUpload: (files: Dropped[], folder: string) => void;
}

interface Props extends TreeCallbacks {
  rows: readonly TreeRow[];
  active: string;
  isOpen: (path: string) => boolean;
  isDirty: (name: string) => boolean;
  mayEdit: boolean;
  id: string;
}

export function FileIcon({ name }: { name: string }) {
  if (isPicture(name)) return <IconPhoto size={16} aria-hidden />;
  switch (extensionOf(name)) {
    case "xml":
      return <IconFileTypeXml size={16} aria-hidden />;
    case "json":
      return <IconBraces size={16} aria-hidden />;
    case "csv":
      return <IconTable size={16} aria-hidden />;
    case "py":
      return <IconBrandPython size={16} aria-hidden />;
    default:
      return <IconFile size={16} aria-hidden />;
  }
}

// The folder that a drop on a row goes into.
const folderOf = (row: TreeRow) => (row.node.file ? parentOf(row.node.path) : row.node.path);

function useDrop(props: Props) {
  const [target, setTarget] = useState<string | null>(null);
  const over = (event: DragEvent, folder: string) => {
    const types = event.dataTransfer.types;
    if (!props.mayEdit || !(types.includes("Files") || types.includes(kDragType))) return;
    event.preventDefault();
    event.stopPropagation();
    event.dataTransfer.dropEffect = types.includes("Files") ? "copy" : "move";
    setTarget(folder);
  };
  const drop = (event: DragEvent, folder: string) => {
    if (target === null) return;
    event.preventDefault();
    event.stopPropagation();
    setTarget(null);
    const moved = event.dataTransfer.getData(kDragType);
    if (moved) props.onMove(moved, folder);
    else void droppedFiles(event.dataTransfer).then((files) => props.onUpload(files, folder));
  };
  return { target, over, drop, leave: () => setTarget(null) };
}

// What a key does at a row; false: nothing.
function actOnKey(key: string, row: TreeRow, index: number, props: Props, focus: (index: number) => void): boolean {
  const { rows } = props;
  const { path, file } = row.node;
  const isOpen = !file && props.isOpen(path);
  const parent = rows.findIndex((one) => one.node.path === parentOf(path));
  const actions: Record<string, () => void> = {
    ArrowDown: () => focus(Math.min(index + 1, rows.length - 1)),
    ArrowUp: () => focus(Math.max(index - 1, 0)),
    Home: () => focus(0),
    End: () => focus(rows.length - 1),
    ArrowRight: () => (file ? undefined : isOpen ? focus(index + 1) : props.onToggle(path, true)),
    ArrowLeft: () => (isOpen ? props.onToggle(path, false) : parent >= 0 ? focus(parent) : undefined),
    Enter: () => (file ? props.onOpen(path) : props.onToggle(path, !isOpen)),
    " ": () => (file ? props.onOpen(path) : props.onToggle(path, !isOpen)),
    ...(props.mayEdit ? { F2: () => props.onRename(path), Delete: () => props.onRemove(path) } : {}),
  };
  const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
  action?.();
  return action !== undefined;
}

// The next row whose label begins with what is typed.
function rowBeginningWith(rows: readonly TreeRow[], letter: string, index: number): number {
  for (let step = 1; step <= rows.length; step += 1) {
    const at = (index + step) % rows.length;
    if (rows[at]!.node.label.toLowerCase().startsWith(letter.toLowerCase())) return at;
  }
  return index;
}

export function Tree(props: Props) {
  const t = useTexts();
  const { rows, active, mayEdit } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState("");
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => kRowHeight,
    overscan: 12,
    getItemKey: (index) => rows[index]!.node.path,
  });
  const drop = useDrop(props);
  const current = rows.some((row) => row.node.path === focused)
    ? focused
    : rows.some((row) => row.node.path === active)
      ? active
      : (rows[0]?.node.path ?? "");
  const focus = (index: number) => {
    const row = rows[index];
    if (!row) return;
    virtualizer.scrollToIndex(index);
    // At once, so that the next key is the next row's; a row out of sight has to be made first.
    flushSync(() => setFocused(row.node.path));
    const focusRow = () => scroller.current?.querySelector<HTMLElement>('[tabindex="0"][role="treeitem"]')?.focus();
    focusRow();
    requestAnimationFrame(focusRow);
  };
  useEffect(() => {
    const index = rows.findIndex((row) => row.node.path === active);
    if (index >= 0) virtualizer.scrollToIndex(index);
    // Only when another file is shown.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [active]);
  const onKeyDown = (event: KeyboardEvent, row: TreeRow, index: number) => {
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      const place = event.currentTarget.getBoundingClientRect();
      // After this key: a menu that is open already takes it for one outside of it.
      setTimeout(() => props.onMenu(row, { x: place.left + 24, y: place.bottom }), 0);
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (!actOnKey(event.key, row, index, props, focus)) {
      if (event.key.length !== 1 || event.key === "?") return;
      focus(rowBeginningWith(rows, event.key, index));
    }
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      id={props.id}
      className={classes.tree}
      role="tree"
      aria-label={t("files")}
      data-drop={drop.target === "" || undefined}
      onDragOver={(event) => drop.over(event, "")}
      onDrop={(event) => drop.drop(event, "")}
      onDragLeave={drop.leave}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index]!;
          return (
            <TreeItem
              key={item.key}
              row={row}
              top={item.start}
              isActive={row.node.path === active}
              isCurrent={row.node.path === current}
              isOpen={!row.node.file && props.isOpen(row.node.path)}
              isDirty={row.node.file !== null && props.isDirty(row.node.path)}
              isTarget={drop.target !== null && drop.target !== "" && row.node.path === drop.target}
              mayEdit={mayEdit}
              onActivate={() => {
                setFocused(row.node.path);
                actOnKey("Enter", row, item.index, props, focus);
              }}
              onKeyDown={(event) => onKeyDown(event, row, item.index)}
              onFocus={() => setFocused(row.node.path)}
              onMenu={(place) => props.onMenu(row, place)}
              onDragOver={(event) => drop.over(event, folderOf(row))}
              onDrop={(event) => drop.drop(event, folderOf(row))}
            />
          );
        })}
      </div>
    </div>
  );
}

interface ItemProps {
  row: TreeRow;
  top: number;
  isActive: boolean;
  isCurrent: boolean;
  isOpen: boolean;
  isDirty: boolean;
  isTarget: boolean;
  mayEdit: boolean;
  onActivate: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: () => void;
  onMenu: (place: { x: number; y: number }) => void;
  onDragOver: (event: DragEvent) => void;
  onDrop: (event: DragEvent) => void;
}

function TreeItem(props: ItemProps) {
  const t = useTexts();
  const { row, isOpen, isDirty } = props;
  const { node, depth } = row;
  const menu = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    props.onMenu({ x: event.clientX, y: event.clientY });
  };
  return (
    <div
      role="treeitem"
      aria-level={depth}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={node.file ? undefined : isOpen}
      aria-selected={props.isActive}
      aria-label={[node.label, isDirty ? t("unsaved") : "", node.file?.lock?.holder ?? ""].filter(Boolean).join(", ")}
      tabIndex={props.isCurrent ? 0 : -1}
      className={classes.row}
      data-target={props.isTarget || undefined}
      style={{ top: props.top, height: kRowHeight, paddingLeft: 6 + (depth - 1) * 16 }}
      draggable={props.mayEdit}
      onDragStart={(event) => {
        event.dataTransfer.setData(kDragType, node.path);
        event.dataTransfer.effectAllowed = "move";
      }}
      onClick={props.onActivate}
      onKeyDown={props.onKeyDown}
      onFocus={props.onFocus}
      onContextMenu={menu}
      onDragOver={props.onDragOver}
      onDrop={props.onDrop}
    >
      <span className={classes.twist} aria-hidden>
        {node.file ? null : isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
      </span>
      {node.file ? (
        <FileIcon name={node.label} />
      ) : isOpen ? (
        <IconFolderOpen size={16} aria-hidden />
      ) : (
        <IconFolder size={16} aria-hidden />
      )}
      <Text span size="sm" truncate className={classes.label} title={node.path}>
        {node.label}
      </Text>
      {isDirty ? <span className={classes.dot} aria-hidden /> : null}
      {node.file?.lock ? <IconLock size={13} aria-hidden /> : null}
      <button
        type="button"
        className={classes.rowMenu}
        tabIndex={-1}
        aria-label={t("more", { name: node.label })}
        onClick={menu}
      >
        <IconDots size={14} aria-hidden />
      </button>
    </div>
  );
}
