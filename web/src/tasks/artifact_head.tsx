// The beginning of an artifact. However large it is, only its first bytes are read.
import { Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { IconFileOff, IconFileZip } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "../api/client";
import type { Artifact } from "../api/types";
import { CopyButton } from "../components/copy_button";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { bytes, count } from "../i18n/format";
import { LineView } from "../preview/line_view";
import { RowTable } from "../preview/row_table";
import { kHeadBytes, readHead, type Head } from "./head";
import { useTexts } from "./texts";

async function fetchHead(artifact: Artifact): Promise<Head> {
  if (artifact.size === 0) return { isBinary: false, isWhole: true, text: "" };
  const end = Math.min(artifact.size, kHeadBytes) - 1;
  const response = await request(artifact.url, { headers: { Range: `bytes=0-${end}` } });
  return readHead(artifact.name, new Uint8Array(await response.arrayBuffer()), end + 1 >= artifact.size);
}

type View = "table" | "pretty" | "text";

function viewsOf(head: Head): View[] {
  return [...(head.table ? (["table"] as const) : []), ...(head.pretty ? (["pretty"] as const) : []), "text"];
}

const kHeight = 380;

function HeadView({ artifact, head, view }: { artifact: Artifact; head: Head; view: View }) {
  const t = useTexts();
  const label = t("headOf", { name: artifact.name });
  if (view === "table" && head.table) {
    return <RowTable columns={head.table.columns} rows={head.table.rows} label={label} most={kHeight} />;
  }
  const text = view === "pretty" && head.pretty ? head.pretty : head.text;
  return <LineView text={text} label={label} most={kHeight} />;
}

// How much of it is here.
function Extent({ artifact, head, view }: { artifact: Artifact; head: Head; view: View }) {
  const t = useTexts();
  const rows = view === "table" && head.table ? t("rowsShown", { rows: count(head.table.rows.length) }) + " · " : "";
  const extent = head.isWhole
    ? t("wholeFile", { size: bytes(artifact.size) })
    : t("firstBytes", { size: bytes(kHeadBytes), all: bytes(artifact.size) });
  return (
    <Text size="xs" c="dimmed">
      {rows + extent}
    </Text>
  );
}

function HeadBody({ artifact, head }: { artifact: Artifact; head: Head }) {
  const t = useTexts();
  const [chosen, setChosen] = useState<View>();
  if (artifact.size === 0) return <EmptyState icon={<IconFileOff />} title={t("emptyFile")} />;
  if (head.isBinary) {
    return (
      <EmptyState icon={<IconFileZip />} title={t("binary")}>
        {t("binaryHint", { type: artifact.media_type })}
      </EmptyState>
    );
  }
  const views = viewsOf(head);
  const view = chosen && views.includes(chosen) ? chosen : views[0]!;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Extent artifact={artifact} head={head} view={view} />
        <Group gap="xs">
          {views.length > 1 ? (
            <SegmentedControl
              size="xs"
              aria-label={t("view")}
              value={view}
              onChange={(value) => setChosen(value as View)}
              data={views.map((one) => ({ value: one, label: t(one) }))}
            />
          ) : null}
          <CopyButton value={head.text} label={t("copyHead")} />
        </Group>
      </Group>
      <HeadView artifact={artifact} head={head} view={view} />
    </Stack>
  );
}

export function ArtifactHead({ artifact }: { artifact: Artifact }) {
  const query = useQuery({
    queryKey: ["artifact head", artifact.url, artifact.sha256],
    queryFn: () => fetchHead(artifact),
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return (
    <div>
      <Title order={3} size="h5" mb="xs" style={{ overflowWrap: "anywhere" }}>
        {artifact.name}
      </Title>
      <Loaded query={query}>{(head) => <HeadBody artifact={artifact} head={head} />}</Loaded>
    </div>
  );
}
