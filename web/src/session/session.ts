// Who is signed in, and what may be done.
import { useQuery } from "@tanstack/react-query";
import { api, data, setCsrfToken } from "../api/client";
import { isProblem } from "../api/problem";
import { queries } from "../api/queries";
import type { ProjectRole, Session } from "../api/types";

export const kSessionKey = ["session"];

export function rememberSession(session: Session | null): void {
  setCsrfToken(session?.csrf_token ?? "");
  queries.setQueryData(kSessionKey, session);
}

// null: nobody is signed in.
export function useSessionQuery() {
  return useQuery({
    queryKey: kSessionKey,
    staleTime: Infinity,
    queryFn: async (): Promise<Session | null> => {
      try {
        const session = await data(api.GET("/api/platform/v1/session"));
        setCsrfToken(session.csrf_token);
        return session;
      } catch (error) {
        if (isProblem(error, "session.missing")) return null;
        throw error;
      }
    },
  });
}

// Of whoever is signed in: only below RequireSession.
export function useSession(): Session {
  const { data: session } = useSessionQuery();
  if (!session) throw new Error("used outside of a session");
  return session;
}

const kRanks: ProjectRole[] = ["viewer", "editor", "owner"];

// Whether a member of `role` (null: an admin who is none) may do what needs `wanted`. The server decides; the page only
// leaves out what would be refused.
export function mayAs(role: ProjectRole | null, wanted: ProjectRole): boolean {
  return role === null || kRanks.indexOf(role) >= kRanks.indexOf(wanted);
}
