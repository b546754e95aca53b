import { Modal, NativeSelect, SegmentedControl, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { DialogButtons, Form } from "../components/form";
import { api, data } from "../api/client";
import { isProblem } from "../api/problem";
import { queries } from "../api/queries";
import { useTexts } from "./texts";

function NewProjectForm({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [start, setStart] = useState("empty");
  const [template, setTemplate] = useState("");
  const templates = useQuery({ queryKey: ["templates"], queryFn: () => data(api.GET("/api/platform/v1/templates")) });
  const chosen = template || templates.data?.[0]?.id;
  const make = useMutation({
    mutationFn: () =>
      data(
        api.POST("/api/platform/v1/projects", {
          body: start === "template" ? { name, template_id: chosen } : { name },
        }),
      ),
    onSuccess: (project) => {
      void queries.invalidateQueries({ queryKey: ["projects"] });
      onClose();
      void navigate(`/projects/${project.id}/files`);
    },
  });
  const hasNone = start === "template" && templates.data?.length === 0;
  return (
    <Form send={make}>
      <TextInput
        label={t("name")}
        description={t("nameHint")}
        required
        data-autofocus
        maxLength={100}
        value={name}
        error={isProblem(make.error) ? make.error.of("name") : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <SegmentedControl
        aria-label={t("start")}
        value={start}
        onChange={setStart}
        data={[
          { value: "empty", label: t("startEmpty") },
          { value: "template", label: t("startTemplate") },
        ]}
      />
      {hasNone ? <Text size="sm">{t("noTemplates")}</Text> : null}
      {start === "template" && !hasNone ? (
        <NativeSelect
          label={t("template")}
          value={chosen}
          onChange={(event) => setTemplate(event.currentTarget.value)}
          data={(templates.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
        />
      ) : null}
      <DialogButtons submit={t("create")} send={make} onClose={onClose} isDisabled={hasNone} />
    </Form>
  );
}

export function NewProjectDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTexts();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("create")}>
      <NewProjectForm onClose={onClose} />
    </Modal>
  );
}
