// Mistakes of the descriptor; a click goes to the place.
import { Text, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import type { Finding } from "../api/types";
import classes from "./findings_list.module.css";
import { useTexts } from "./texts";

const kIcons = { error: IconCircleX, warning: IconAlertTriangle, note: IconInfoCircle } as const;

export function placeOf(finding: Finding): string {
  return finding.line > 0 ? `${finding.file}:${finding.line}:${finding.column}` : finding.file;
}

interface FindingsProps {
  findings: Finding[];
  onShow: (finding: Finding) => void;
}

export function FindingsList({ findings, onShow }: FindingsProps) {
  const t = useTexts();
  return (
    <ul className={classes.list} aria-label={t("findings")}>
      {findings.map((finding, index) => {
        const Icon = kIcons[finding.severity];
        return (
          <li key={index}>
            <UnstyledButton
              className={classes.finding}
              data-severity={finding.severity}
              onClick={() => onShow(finding)}
              title={t("goTo", { place: placeOf(finding) })}
            >
              <Icon size={18} className={classes.icon} aria-label={t(finding.severity)} role="img" />
              <span className={classes.words}>
                <Text span size="sm" display="block">
                  {finding.message}
                </Text>
                <Text span size="xs" c="dimmed" display="block">
                  <span className={classes.place}>{placeOf(finding)}</span>
                  {finding.hint ? " · " + finding.hint : ""}
                </Text>
              </span>
            </UnstyledButton>
          </li>
        );
      })}
    </ul>
  );
}
