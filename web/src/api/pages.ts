// Lists that come page by page: the next one is named by the answer's Link field (RFC 8288).
import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from "@tanstack/react-query";

export interface Page<T> {
  items: T[];
  cursor?: string; // of the next page
}

export function nextCursor(link: string | null): string | undefined {
  const next = link?.split(",").find((one) => /;\s*rel="?next"?/.test(one));
  const target = next?.match(/<([^>]*)>/)?.[1];
  if (!target) return undefined;
  return new URL(target, "http://localhost").searchParams.get("cursor") ?? undefined;
}

async function pageOf<T>(answer: Promise<{ data?: T[]; response: Response }>): Promise<Page<T>> {
  const { data, response } = await answer;
  return { items: data ?? [], cursor: nextCursor(response.headers.get("Link")) };
}

// `read` asks for one page; `items` of the result are those of all pages read so far.
export function usePages<T>(
  key: readonly unknown[],
  read: (cursor: string | undefined) => Promise<{ data?: T[]; response: Response }>,
): UseInfiniteQueryResult<T[]> {
  return useInfiniteQuery<Page<T>, Error, T[], readonly unknown[], string | undefined>({
    queryKey: key,
    initialPageParam: undefined,
    queryFn: ({ pageParam }) => pageOf(read(pageParam)),
    getNextPageParam: (last) => last.cursor,
    placeholderData: (before: InfiniteData<Page<T>, string | undefined> | undefined) => before,
    select: (found) => found.pages.flatMap((page) => page.items),
  });
}
