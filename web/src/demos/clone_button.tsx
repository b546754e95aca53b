import { Button } from "@mantine/core";
import { IconCopyPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { api, data } from "../api/client";
import { queries } from "../api/queries";
import { notifyDone, notifyProblem } from "../components/notify";
import { useTexts } from "./texts";

// Makes a project of a demo and goes there.
export function CloneButton({ demo, title }: { demo: string; title: string }) {
  const t = useTexts();
  const navigate = useNavigate();
  const clone = useMutation({
    mutationFn: () => data(api.POST("/api/platform/v1/projects", { body: { demo } })),
    onError: notifyProblem,
    onSuccess: (project) => {
      void queries.invalidateQueries({ queryKey: ["projects"] });
      notifyDone(t("cloned", { title }));
      void navigate(`/projects/${project.id}/files/datamimic.xml`);
    },
  });
  return (
    <Button
      size="xs"
      leftSection={<IconCopyPlus size={16} />}
      loading={clone.isPending}
      onClick={() => clone.mutate()}
      aria-label={t("cloneLabel", { title })}
      data-tour={"clone-" + demo}
    >
      {t("clone")}
    </Button>
  );
}
