// What the columns of a run hold, product by product.
import "@mantine/charts/styles.css";
import { Alert, Button, Group, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconChartBar } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { isProblem } from "../api/problem";
import { EmptyState } from "../components/empty_state";
import { Loaded } from "../components/loaded";
import { PageHead } from "../components/page_head";
import { SearchInput } from "../components/search_input";
import { count } from "../i18n/format";
import { ColumnTable } from "./column_table";
import { useStatistics, type Product } from "./statistics";
import { useTexts } from "./texts";

// Rows of a table that are drawn at once: a search finds the others.
const kMostRows = 300;

function ProductStatistics({ product, search }: { product: Product; search: string }) {
  const t = useTexts();
  const found = product.columns.filter((column) => column.path.toLowerCase().includes(search.toLowerCase()));
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {product.name}{" "}
        <Text span c="dimmed" fw={400}>
          {t("records", { count: count(product.records) })}
        </Text>
      </Title>
      {product.has_deeper ? <Alert color="gray">{t("deeper")}</Alert> : null}
      {found.length === 0 ? (
        <Text c="dimmed">{t("noColumns")}</Text>
      ) : (
        <ColumnTable columns={found.slice(0, kMostRows)} label={product.name} />
      )}
    </section>
  );
}

function Products({ products }: { products: Product[] }) {
  const t = useTexts();
  const [chosen, setChosen] = useState("0");
  const [search, setSearch] = useState("");
  const product = products[Number(chosen)] ?? products[0];
  if (!product) {
    return (
      <EmptyState icon={<IconChartBar />} title={t("none")}>
        {t("noneText")}
      </EmptyState>
    );
  }
  return (
    <Stack>
      <Group gap="sm">
        {products.length > 1 ? (
          <NativeSelect
            aria-label={t("product")}
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={products.map((one, index) => ({ value: String(index), label: one.name }))}
          />
        ) : null}
        <SearchInput label={t("search")} value={search} onChange={setSearch} />
      </Group>
      <ProductStatistics key={chosen} product={product} search={search.trim()} />
    </Stack>
  );
}

export default function StatisticsPage() {
  const t = useTexts();
  const { project = "", task = "" } = useParams();
  const statistics = useStatistics(project, task);
  return (
    <Stack>
      <PageHead title={t("title")}>
        <Button
          component={Link}
          to={`/projects/${project}/tasks/${task}`}
          variant="default"
          leftSection={<IconArrowLeft size={16} />}
        >
          {t("back")}
        </Button>
      </PageHead>
      {isProblem(statistics.error, "statistics.not_found") ? (
        <EmptyState icon={<IconChartBar />} title={t("none")}>
          {t("noneText")}
        </EmptyState>
      ) : (
        <Loaded query={statistics}>{(products) => <Products products={products} />}</Loaded>
      )}
    </Stack>
  );
}
