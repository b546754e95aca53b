// The open files: links to them, each with a button that closes it.
import { ActionIcon, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import classes from "./editor.module.css";
import { labelOf } from "./file_tree";
import { useTexts } from "./texts";
import { FileIcon } from "./tree";
import type { Workbench } from "./workbench";

interface Props {
  workbench: Workbench;
  active: string;
  addressOf: (name: string) => string;
  onClose: (name: string) => void;
}

export function OpenTabs({ workbench, active, addressOf, onClose }: Props) {
  const t = useTexts();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active]);
  if (workbench.tabs.length === 0) return null;
  return (
    <nav aria-label={t("openFiles")}>
      <ul className={classes.tabs} ref={list}>
        {workbench.tabs.map((name) => {
          const isDirty = workbench.isDirty(name);
          return (
            <li key={name} className={classes.tab} data-active={name === active || undefined}>
              <Link
                to={addressOf(name)}
                className={classes.tabLink}
                title={name}
                aria-current={name === active ? "page" : undefined}
                aria-label={isDirty ? `${name}, ${t("unsaved")}` : name}
                onAuxClick={(event) => {
                  if (event.button === 1) onClose(name);
                }}
              >
                <FileIcon name={name} />
                <Text span size="sm" truncate>
                  {labelOf(name)}
                </Text>
                {isDirty ? <span className={classes.dot} aria-hidden /> : null}
              </Link>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                mx={4}
                onClick={() => onClose(name)}
                aria-label={t("closeTab", { name })}
              >
                <IconX size={13} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
