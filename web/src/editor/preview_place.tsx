// Where the preview of the open descriptor is: at the right where there is room, else below the text.
import { useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import { Loading } from "../components/loading";
import classes from "./editor.module.css";
import { useTexts } from "./texts";
import type { Editor } from "./use_editor";

const PreviewPane = lazy(() => import("../preview/preview_pane"));

export interface PreviewSwitch {
  isShown: boolean;
  isBeside: boolean;
  toggle: () => void;
  focus: () => void;
}

// Remembered for wide and for small windows: in small ones it hides much of the text, and is not there at first.
export function usePreviewSwitch(): PreviewSwitch {
  const isBeside = useMediaQuery("(min-width: 1100px)", true, { getInitialValueInEffect: false });
  const options = { getInitialValueInEffect: false };
  const [isShownBeside, setIsShownBeside] = useLocalStorage({ key: "mimus-preview", defaultValue: true, ...options });
  const [isShownBelow, setIsShownBelow] = useLocalStorage({
    key: "mimus-preview-below",
    defaultValue: false,
    ...options,
  });
  const isShown = isBeside ? isShownBeside : isShownBelow;
  const show = isBeside ? setIsShownBeside : setIsShownBelow;
  const focus = () => {
    show(true);
    setTimeout(() => document.getElementById("editor-preview")?.focus(), 50);
  };
  return { isShown, isBeside, toggle: () => show(!isShown), focus };
}

export function PreviewPlace({ editor, isBelow }: { editor: Editor; isBelow: boolean }) {
  const t = useTexts();
  const { document } = editor.open;
  if (!document) return null;
  return (
    <div
      id="editor-preview"
      tabIndex={-1}
      role="region"
      aria-label={t("preview")}
      className={isBelow ? classes.stacked : classes.beside}
    >
      <Suspense fallback={<Loading />}>
        <PreviewPane
          project={editor.project.id}
          entry={editor.active}
          content={document.text}
          onShowLine={editor.showLine}
        />
      </Suspense>
    </div>
  );
}
