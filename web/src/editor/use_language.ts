// The language of descriptors; the editor works without it, too.
import { useQuery } from "@tanstack/react-query";
import { api, data } from "../api/client";

export function useLanguage(isWanted: boolean) {
  return useQuery({
    queryKey: ["language"],
    enabled: isWanted,
    staleTime: Infinity,
    queryFn: () => data(api.GET("/api/platform/v1/language")),
  }).data;
}
