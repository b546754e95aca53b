// What the preview is asked for: seed, number of rows, form.
import { ActionIcon, Group, NumberInput, SegmentedControl, Select, Text, Tooltip } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconDice5 } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { count } from "../i18n/format";
import type { TextFormat } from "./formats";
import { drawSeed } from "./preview_seed";
import { useTexts } from "./texts";

export type Form = "table" | TextFormat;

const kMostRows = 1000;
const kGreatestSeed = Number.MAX_SAFE_INTEGER;

// A number that is taken when it is one, and has not changed for a moment.
function SettledNumber(props: {
  label: string;
  value: number;
  min: number;
  max: number;
  width: number;
  onChange: (value: number) => void;
}) {
  const [typed, setTyped] = useState<number | string>(props.value);
  useEffect(() => setTyped(props.value), [props.value]);
  const settle = useDebouncedCallback((value: number | string) => {
    if (typeof value === "number" && value >= props.min && value <= props.max && value !== props.value) {
      props.onChange(value);
    }
  }, 300);
  return (
    <NumberInput
      size="xs"
      w={props.width}
      aria-label={props.label}
      leftSection={
        <Text size="xs" c="dimmed" aria-hidden>
          {props.label}
        </Text>
      }
      leftSectionWidth={48}
      value={typed}
      onChange={(value) => {
        setTyped(value);
        settle(value);
      }}
      onBlur={() => setTyped(props.value)}
      min={props.min}
      max={props.max}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      hideControls
    />
  );
}

export function SeedField(props: { seed: number; onChange: (seed: number) => void }) {
  const t = useTexts();
  return (
    <Group gap={4} wrap="nowrap">
      <SettledNumber
        label={t("seed")}
        value={props.seed}
        min={0}
        max={kGreatestSeed}
        width={190}
        onChange={props.onChange}
      />
      <Tooltip label={t("dice")}>
        <ActionIcon variant="default" size={30} aria-label={t("dice")} onClick={() => props.onChange(drawSeed())}>
          <IconDice5 size={18} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

export function RowsField({ rows, onChange }: { rows: number; onChange: (rows: number) => void }) {
  const t = useTexts();
  return <SettledNumber label={t("rows")} value={rows} min={1} max={kMostRows} width={110} onChange={onChange} />;
}

export function FormChoice({ form, onChange }: { form: Form; onChange: (form: Form) => void }) {
  const t = useTexts();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("format")}
      value={form}
      onChange={(value) => onChange(value as Form)}
      data={[
        { value: "table", label: t("table") },
        { value: "json", label: "JSON" },
        { value: "xml", label: "XML" },
        { value: "csv", label: "CSV" },
      ]}
    />
  );
}

interface ProductChoiceProps {
  products: { name: string; rows: unknown[]; truncated: boolean }[];
  chosen: number;
  onChange: (index: number) => void;
}

export function ProductChoice({ products, chosen, onChange }: ProductChoiceProps) {
  const t = useTexts();
  return (
    <Select
      size="xs"
      aria-label={t("product")}
      allowDeselect={false}
      value={String(chosen)}
      onChange={(value) => onChange(Number(value))}
      searchable={products.length > 10}
      data={products.map((product, index) => ({
        value: String(index),
        label: `${product.name} (${count(product.rows.length)}${product.truncated ? "+" : ""})`,
      }))}
    />
  );
}
