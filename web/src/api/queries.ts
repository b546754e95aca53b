// What the page has read, and keys by which it is found and forgotten. All keys start with the resource's name, those of
// a project with ["project", id].
import { QueryClient } from "@tanstack/react-query";
import { isProblem } from "./problem";

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      // A refusal stays one; a lost connection may come back.
      retry: (failures, error) => failures < 2 && isProblem(error) && (error.status === 0 || error.status === 503),
    },
    mutations: { retry: false },
  },
});
