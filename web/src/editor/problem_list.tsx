// What is wrong, below the text: a click goes there.
import { Badge, Group, Loader, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import type { Finding } from "../api/types";
import classes from "./editor.module.css";
import type { Check } from "./findings";
import { useTexts } from "./texts";

const kColours = { error: "red", warning: "orange", note: "blue" } as const;

interface Props {
  check: Check;
  onShowLine: (file: string, line: number, column: number) => void;
}

function Problem({ finding, onShow }: { finding: Finding; onShow: () => void }) {
  const t = useTexts();
  const severities = { error: t("severity_error"), warning: t("severity_warning"), note: t("severity_note") };
  const { file, line, column } = finding;
  return (
    <li>
      <UnstyledButton className={classes.problem} onClick={onShow}>
        <Badge size="xs" variant="light" color={kColours[finding.severity]} mr={6}>
          {severities[finding.severity]}
        </Badge>
        <Text span size="xs" fw={600}>
          {finding.message}
        </Text>{" "}
        {finding.hint ? (
          <Text span size="xs">
            {finding.hint}{" "}
          </Text>
        ) : null}
        <Text span size="xs" c="dimmed">
          {t("place", { file, line, column })} · {finding.code}
        </Text>
      </UnstyledButton>
    </li>
  );
}

export function ProblemList({ check, onShowLine }: Props) {
  const t = useTexts();
  const [isOpen, setIsOpen] = useState(true);
  const { findings, isChecking, error } = check;
  const isShown = isOpen && findings.length > 0;
  return (
    <section className={classes.below} aria-label={t("problems")}>
      <Group px={10} py={3} gap="xs" justify="space-between" wrap="nowrap">
        <Group gap={6} wrap="nowrap">
          {findings.length === 0 && !isChecking && !error ? <IconCircleCheck size={15} aria-hidden /> : null}
          <Text size="xs" role="status" aria-live="polite">
            {error ? t("checkFailed", { message: error instanceof Error ? error.message : String(error) }) : null}
            {!error && findings.length > 0 ? t("problemCount", { count: findings.length }) : null}
            {!error && findings.length === 0 && !isChecking ? t("noProblems") : null}
          </Text>
          {isChecking ? <Loader size={11} aria-label={t("checking")} role="presentation" /> : null}
        </Group>
        {findings.length > 0 ? (
          <UnstyledButton
            onClick={() => setIsOpen(!isOpen)}
            aria-expanded={isOpen}
            aria-label={isOpen ? t("hideProblems") : t("showProblems")}
          >
            {isOpen ? <IconChevronDown size={15} /> : <IconChevronUp size={15} />}
          </UnstyledButton>
        ) : null}
      </Group>
      {isShown ? (
        <ul className={classes.problems} tabIndex={0} aria-label={t("problems")}>
          {findings.map((finding, index) => (
            <Problem
              key={index}
              finding={finding}
              onShow={() => onShowLine(finding.file, finding.line, finding.column)}
            />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
