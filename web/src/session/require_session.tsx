// Shows its children to who is signed in with a password of their own; else the form for that.
import { useEffect, type ReactNode } from "react";
import { whenSignedOut } from "../api/client";
import { queries } from "../api/queries";
import { Loading } from "../components/loading";
import { ProblemAlert } from "../components/problem_alert";
import { FirstPasswordPage } from "./first_password_page";
import { rememberSession, useSessionQuery } from "./session";
import { SignInPage } from "./sign_in_page";

export function RequireSession({ children }: { children: ReactNode }) {
  const query = useSessionQuery();
  useEffect(() => {
    whenSignedOut(() => {
      // What was read belongs to somebody else now. Texts being edited stay: they are no queries.
      queries.removeQueries({ predicate: (one) => one.queryKey[0] !== "session" });
      rememberSession(null);
    });
  }, []);
  if (query.isPending) return <Loading />;
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === null) return <SignInPage />;
  if (query.data.must_change_password) return <FirstPasswordPage />;
  return <>{children}</>;
}
