// Imports the archive of a project; `children` is what people press.
import { useMutation } from "@tanstack/react-query";
import { useRef, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { request } from "../api/client";
import { queries } from "../api/queries";
import type { Project } from "../api/types";
import { notifyDone, notifyProblem } from "../components/notify";
import { useTexts } from "./texts";

async function importArchive(file: File): Promise<Project> {
  const answer = await request("/api/platform/v1/projects/archive", {
    method: "POST",
    headers: { "Content-Type": "application/gzip" },
    body: file,
  });
  return (await answer.json()) as Project;
}

export function ImportButton({ children }: { children: (choose: () => void) => ReactNode }) {
  const t = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const send = useMutation({
    mutationFn: importArchive,
    onError: notifyProblem,
    onSuccess: (project) => {
      void queries.invalidateQueries({ queryKey: ["projects"] });
      notifyDone(t("imported", { name: project.name }));
      void navigate(`/projects/${project.id}/files`);
    },
  });
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("import")}
        accept=".gz,.tgz,application/gzip"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) send.mutate(file);
        }}
      />
      {children(() => input.current?.click())}
    </>
  );
}
