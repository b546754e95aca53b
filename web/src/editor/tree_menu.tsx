// What can be done with one file or folder of the tree.
import { Menu } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import {
  IconCopy,
  IconDownload,
  IconFilePlus,
  IconFolderPlus,
  IconHistory,
  IconPencil,
  IconTrash,
  IconUpload,
} from "@tabler/icons-react";
import type { TreeRow } from "./file_tree";
import { useTexts } from "./texts";
import type { FileActions } from "./use_file_actions";

interface Props {
  row: TreeRow;
  place: { x: number; y: number };
  actions: FileActions;
  mayEdit: boolean;
  onHistory: (name: string) => void;
  onUpload: (folder: string) => void;
  onClose: () => void;
}

export function TreeMenu({ row, place, actions, mayEdit, onHistory, onUpload, onClose }: Props) {
  const t = useTexts();
  const clipboard = useClipboard();
  const { path, file } = row.node;
  return (
    <Menu opened hideDetached={false} onClose={onClose} position="bottom-start" withinPortal returnFocus>
      <Menu.Target>
        <span style={{ position: "fixed", left: place.x, top: place.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown>
        {file ? (
          <>
            <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => actions.download(path)}>
              {t("download")}
            </Menu.Item>
            <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => onHistory(path)}>
              {t("history")}
            </Menu.Item>
          </>
        ) : null}
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => clipboard.copy(path)}>
          {t("copyName")}
        </Menu.Item>
        {mayEdit && !file ? (
          <>
            <Menu.Item leftSection={<IconFilePlus size={16} />} onClick={() => actions.create(path)}>
              {t("newFile")}
            </Menu.Item>
            <Menu.Item leftSection={<IconFolderPlus size={16} />} onClick={() => actions.createFolder(path)}>
              {t("newFolder")}
            </Menu.Item>
            <Menu.Item leftSection={<IconUpload size={16} />} onClick={() => onUpload(path)}>
              {t("uploadHere")}
            </Menu.Item>
          </>
        ) : null}
        {mayEdit ? (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconPencil size={16} />} rightSection="F2" onClick={() => actions.rename(path)}>
              {t("rename")}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => actions.remove(path)}>
              {t("remove")}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
