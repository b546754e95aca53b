// Finds a file by a part of its name.
import { Modal, ScrollArea, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useMemo, useState, type KeyboardEvent } from "react";
import type { FileMetadata } from "../api/types";
import classes from "./editor.module.css";
import { matchNames } from "./match_names";
import { useTexts } from "./texts";

interface Props {
  files: readonly FileMetadata[];
  onOpen: (name: string) => void;
  onClose: () => void;
}

export function QuickOpen({ files, onOpen, onClose }: Props) {
  const t = useTexts();
  const [typed, setTyped] = useState("");
  const [index, setIndex] = useState(0);
  const names = useMemo(
    () =>
      matchNames(
        files.map((file) => file.name),
        typed,
      ).slice(0, 50),
    [files, typed],
  );
  const open = (name: string | undefined) => {
    if (name === undefined) return;
    onClose();
    onOpen(name);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setIndex((before) => Math.min(Math.max(before + step, 0), names.length - 1));
    else if (event.key === "Enter") open(names[index]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal opened onClose={onClose} title={t("quickOpen")} size="lg" yOffset="10vh">
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="quick-open-names"
        aria-activedescendant={names[index] === undefined ? undefined : "quick-open-" + index}
        label={t("name")}
        description={t("quickOpenHint")}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ScrollArea.Autosize mah={360} mt="sm" viewportProps={{ tabIndex: -1 }}>
        <div id="quick-open-names" role="listbox" aria-label={t("files")}>
          {names.map((name, at) => (
            <UnstyledButton
              key={name}
              id={"quick-open-" + at}
              role="option"
              aria-selected={at === index}
              aria-current={at === index}
              tabIndex={-1}
              className={classes.version}
              onClick={() => open(name)}
            >
              <Text span size="sm" className={classes.breaks}>
                {name}
              </Text>
            </UnstyledButton>
          ))}
        </div>
      </ScrollArea.Autosize>
      {names.length === 0 ? (
        <Text size="sm" role="status">
          {t("noMatch")}
        </Text>
      ) : null}
    </Modal>
  );
}
