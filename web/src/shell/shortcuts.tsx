// Keyboard shortcuts: those of the whole page, and those that an area adds while it is shown; "?" lists them all.
import { Group, Kbd, Stack, Table, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { modals } from "@mantine/modals";
import { useEffect } from "react";
import { useNavigate } from "react-router";
import { area, type Translate } from "../i18n/texts";

const kTexts = {
  en: {
    title: "Keyboard shortcuts",
    everywhere: "Everywhere",
    list: "This list",
    projects: "To the projects",
    demos: "To the Demo Store",
  },
  de: {
    title: "Tastenkürzel",
    everywhere: "Überall",
    list: "Diese Liste",
    projects: "Zu den Projekten",
    demos: "Zum Demo Store",
  },
};
const useTexts = area("shortcuts", kTexts);

export interface Shortcut {
  keys: string; // "Ctrl+S", shown as it is
  does: string;
}

interface ShortcutGroup {
  title: string;
  shortcuts: Shortcut[];
}

const groups = new Map<string, ShortcutGroup>();

// Lists the shortcuts of an area while it is shown. Binding them is the area's own.
export function useShortcutList(title: string, shortcuts: Shortcut[]): void {
  useEffect(() => {
    groups.set(title, { title, shortcuts });
    return () => void groups.delete(title);
  });
}

function ShortcutTable({ group }: { group: ShortcutGroup }) {
  return (
    <div>
      <Text fw={600} mb={4}>
        {group.title}
      </Text>
      <Table>
        <Table.Tbody>
          {group.shortcuts.map((shortcut) => (
            <Table.Tr key={shortcut.keys}>
              <Table.Td>{shortcut.does}</Table.Td>
              <Table.Td>
                <Group gap={4} justify="flex-end">
                  {shortcut.keys.split("+").map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function ShortcutLists() {
  return (
    <Stack>
      {[...groups.values()].map((group) => (
        <ShortcutTable key={group.title} group={group} />
      ))}
    </Stack>
  );
}

let title: string = kTexts.en.title;

export function openShortcuts(): void {
  modals.open({ modalId: "shortcuts", title, children: <ShortcutLists /> });
}

function globalShortcuts(t: Translate<typeof kTexts.en>): Shortcut[] {
  return [
    { keys: "?", does: t("list") },
    { keys: "Alt+P", does: t("projects") },
    { keys: "Alt+D", does: t("demos") },
  ];
}

export function useGlobalShortcuts(): void {
  const t = useTexts();
  const navigate = useNavigate();
  title = t("title");
  useShortcutList(t("everywhere"), globalShortcuts(t));
  useHotkeys([
    ["shift+?", openShortcuts, { usePhysicalKeys: false }],
    ["?", openShortcuts],
    ["alt+p", () => void navigate("/")],
    ["alt+d", () => void navigate("/demos")],
  ]);
}
