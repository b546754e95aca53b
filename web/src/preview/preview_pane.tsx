// The first rows of every generate, as the descriptor is being typed.
import {
  Alert,
  Badge,
  Code,
  Collapse,
  Group,
  Loader,
  Stack,
  Text,
  UnstyledButton,
  VisuallyHidden,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight, IconEye, IconLock } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { CopyButton } from "../components/copy_button";
import { EmptyState } from "../components/empty_state";
import { ProblemAlert } from "../components/problem_alert";
import { duration } from "../i18n/format";
import { useProjectQuery } from "../project/project";
import { mayAs } from "../session/session";
import { FindingsList } from "./findings_list";
import { toText, type TextFormat } from "./formats";
import { LineView } from "./line_view";
import { FormChoice, ProductChoice, RowsField, SeedField, type Form } from "./preview_controls";
import classes from "./preview_pane.module.css";
import { drawSeed, keepSeed, keptSeed } from "./preview_seed";
import { RowTable } from "./row_table";
import { useTexts } from "./texts";
import { usePreview, type PreviewState, type Product } from "./use_preview";

export interface PreviewPaneProps {
  project: string;
  entry: string;
  content: string; // unsaved text of the descriptor
  onShowLine: (file: string, line: number, column: number) => void;
}

function ProductText({ product, format }: { product: Product; format: TextFormat }) {
  const t = useTexts();
  const text = useMemo(() => toText(format, product.columns, product.rows), [product, format]);
  return (
    <>
      <Group justify="flex-end" mb={4}>
        <CopyButton value={text} label={t("copyAll")} />
      </Group>
      <div className={classes.fill}>
        <LineView text={text} label={t("textOf", { name: product.name, format: format.toUpperCase() })} />
      </div>
    </>
  );
}

function ProductView({ product, form }: { product: Product; form: Form }) {
  const t = useTexts();
  if (product.rows.length === 0) {
    return (
      <EmptyState icon={<IconEye />} title={t("noRows")}>
        {t("noRowsHint")}
      </EmptyState>
    );
  }
  if (form !== "table") return <ProductText product={product} format={form} />;
  return (
    <RowTable
      key={product.name}
      columns={product.columns}
      rows={product.rows}
      label={t("rowsOf", { name: product.name })}
      truncated={product.truncated}
    />
  );
}

function PreviewLog({ log }: { log: PreviewState["log"] }) {
  const t = useTexts();
  const [isOpen, { toggle }] = useDisclosure();
  if (log.length === 0) return null;
  return (
    <div className={classes.log}>
      <UnstyledButton onClick={toggle} aria-expanded={isOpen}>
        <Group gap={4}>
          {isOpen ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          <Text size="sm">{t("log")}</Text>
          <Badge size="sm" variant="default">
            {log.length}
          </Badge>
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <Code block className={classes.lines} tabIndex={0} role="region" aria-label={t("log")}>
          {log.map((line) => line.severity + " " + line.message).join("\n")}
        </Code>
      </Collapse>
    </div>
  );
}

// What goes on, told to all: also to those who do not see it.
function PreviewStatus({ state }: { state: PreviewState }) {
  const t = useTexts();
  const { shown, findings } = state;
  const rows = shown?.products.reduce((sum, product) => sum + product.rows.length, 0) ?? 0;
  const spoken = state.retryIn
    ? t("busy", { seconds: state.retryIn })
    : state.isPending
      ? ""
      : findings.length > 0
        ? t("failed", { count: findings.length })
        : t("updated", { rows, time: duration(shown?.duration_ms ?? 0) });
  return (
    <Group gap={6} wrap="nowrap">
      {state.isPending ? <Loader size={14} aria-hidden /> : null}
      {state.retryIn ? (
        <Text size="xs">{t("busy", { seconds: state.retryIn })}</Text>
      ) : shown ? (
        <Text size="xs" c="dimmed" className={classes.duration}>
          {t("duration", { time: duration(shown.duration_ms) })}
        </Text>
      ) : null}
      <VisuallyHidden role="status">{spoken}</VisuallyHidden>
    </Group>
  );
}

function PreviewBody({ state, onShowLine }: { state: PreviewState; onShowLine: PreviewPaneProps["onShowLine"] }) {
  const t = useTexts();
  const [form, setForm] = useState<Form>("table");
  const [chosen, setChosen] = useState("");
  const products = state.shown?.products ?? [];
  const found = products.findIndex((product) => product.name === chosen);
  const index = Math.max(0, found);
  const product = products[index];
  return (
    <>
      {state.problem ? <ProblemAlert error={state.problem} /> : null}
      {state.findings.length > 0 ? (
        <FindingsList
          findings={state.findings}
          onShow={(finding) => onShowLine(finding.file, finding.line, finding.column)}
        />
      ) : null}
      {state.isStale && state.findings.length > 0 && product ? (
        <Text size="xs" c="dimmed">
          {t("stale")}
        </Text>
      ) : null}
      {product ? (
        <>
          <Group gap="xs" justify="space-between">
            <ProductChoice products={products} chosen={index} onChange={(next) => setChosen(products[next]!.name)} />
            <FormChoice form={form} onChange={setForm} />
          </Group>
          <div className={state.isStale ? classes.stale : classes.product}>
            <ProductView product={product} form={form} />
          </div>
        </>
      ) : !state.isPending && state.findings.length === 0 && !state.problem ? (
        <EmptyState icon={<IconEye />} title={t("nothing")}>
          {t("nothingHint")}
        </EmptyState>
      ) : null}
      <PreviewLog log={state.log} />
    </>
  );
}

function firstSeed(project: string, entry: string) {
  return keptSeed(project, entry) ?? { seed: drawSeed(), now: new Date().toISOString() };
}

function EditorsPreview({ project, entry, content, onShowLine }: PreviewPaneProps) {
  const [wanted, setWanted] = useState(() => firstSeed(project, entry));
  useEffect(() => keepSeed(project, entry, wanted), [project, entry, wanted]);
  const [rows, setRows] = useState(20);
  const state = usePreview({ project, entry, content, rows, ...wanted });
  return (
    <>
      <Group gap="xs">
        <SeedField seed={wanted.seed} onChange={(seed) => setWanted({ ...wanted, seed })} />
        <RowsField rows={rows} onChange={setRows} />
        <PreviewStatus state={state} />
      </Group>
      <PreviewBody state={state} onShowLine={onShowLine} />
    </>
  );
}

export default function PreviewPane(props: PreviewPaneProps) {
  const t = useTexts();
  const { data: project } = useProjectQuery(props.project);
  if (!project) return null;
  return (
    <Stack className={classes.pane} gap="xs" data-tour="preview">
      {mayAs(project.role, "editor") ? (
        <EditorsPreview key={props.project + "/" + props.entry} {...props} />
      ) : (
        <Alert icon={<IconLock />} color="gray" title={t("viewer")}>
          {t("viewerHint")}
        </Alert>
      )}
    </Stack>
  );
}
