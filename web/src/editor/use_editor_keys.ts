// The editor's keys, wherever the focus is, and their place in the list of shortcuts.
import { useEffect, useRef } from "react";
import { useShortcutList, type Shortcut } from "../shell/shortcuts";
import { useTexts } from "./texts";

export interface EditorKeys {
  save: () => void;
  format: () => void;
  find: () => void;
  quickOpen: () => void;
  search: () => void;
  next: () => void;
  previous: () => void;
  close: () => void;
  focusTree: () => void;
  focusEditor: () => void;
  focusPreview: () => void;
}

const kModifier = /Mac|iP(hone|ad)/.test(navigator.platform) ? "Cmd" : "Ctrl";
export const kQuickOpenKeys = kModifier + "+P";

// "mod" is Ctrl, on a Mac Cmd. Codes, not characters, with Alt: it may write another character.
const kBindings: [keyof EditorKeys, { mod?: boolean; shift?: boolean; alt?: boolean; code: string }][] = [
  ["save", { mod: true, code: "KeyS" }],
  ["format", { shift: true, alt: true, code: "KeyF" }],
  ["quickOpen", { mod: true, code: "KeyP" }],
  ["search", { mod: true, shift: true, code: "KeyF" }],
  ["next", { alt: true, code: "PageDown" }],
  ["previous", { alt: true, code: "PageUp" }],
  ["close", { alt: true, code: "KeyW" }],
  ["focusTree", { alt: true, code: "Digit1" }],
  ["focusEditor", { alt: true, code: "Digit2" }],
  ["focusPreview", { alt: true, code: "Digit3" }],
];

function actionOf(event: KeyboardEvent): keyof EditorKeys | undefined {
  const isMod = event.ctrlKey || event.metaKey;
  const found = kBindings.find(
    ([, keys]) =>
      event.code === keys.code &&
      isMod === Boolean(keys.mod) &&
      event.shiftKey === Boolean(keys.shift) &&
      event.altKey === Boolean(keys.alt),
  );
  return found?.[0];
}

export function useEditorKeys(keys: EditorKeys): void {
  const t = useTexts();
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = actionOf(event);
      // A dialog has the keys for itself; but the browser's own "save" and "print" are of no use in it either.
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      if (document.querySelector('[aria-modal="true"]')) return;
      latest.current[action]();
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, []);
  const list: Shortcut[] = [
    { keys: kModifier + "+S", does: t("keySave") },
    { keys: "Shift+Alt+F", does: t("keyFormat") },
    { keys: kModifier + "+F", does: t("keyFind") },
    { keys: kQuickOpenKeys, does: t("keyQuickOpen") },
    { keys: kModifier + "+Shift+F", does: t("keySearch") },
    { keys: "Alt+PageDown", does: t("keyNext") },
    { keys: "Alt+PageUp", does: t("keyPrevious") },
    { keys: "Alt+W", does: t("keyClose") },
    { keys: "Alt+1", does: t("keyTree") },
    { keys: "Alt+2", does: t("keyEditor") },
    { keys: "Alt+3", does: t("keyPreview") },
    { keys: "Ctrl+Space", does: t("keyComplete") },
    { keys: "Escape+Tab", does: t("keyLeave") },
    { keys: "F2", does: t("keyRename") },
    { keys: "Delete", does: t("keyDelete") },
  ];
  useShortcutList(t("shortcuts"), list);
}
