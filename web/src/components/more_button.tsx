import { Button, Center } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useTexts } from "./texts";

// Reads the next page of a list, while there is one.
export function MoreButton({ query }: { query: UseInfiniteQueryResult<unknown> }) {
  const t = useTexts();
  if (!query.hasNextPage) return null;
  return (
    <Center mt="md">
      <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t("more")}
      </Button>
    </Center>
  );
}
