import { NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { DialogButtons, Form } from "../components/form";
import { api, data } from "../api/client";
import { isProblem } from "../api/problem";
import type { Project, Token } from "../api/types";
import { mayAs } from "../session/session";
import { useTexts } from "./texts";

const kDays = 90;

// YYYY-MM-DD in UTC, `days` from today.
function dayAfter(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

export function NewTokenForm(props: { project: Project; onMade: (token: string) => void; onClose: () => void }) {
  const t = useTexts();
  const { role, id } = props.project;
  const scopes: Token["scope"][] = !mayAs(role, "editor")
    ? ["read"]
    : mayAs(role, "owner")
      ? ["read", "generate", "write", "admin"]
      : ["read", "generate", "write"];
  const [name, setName] = useState("");
  const [expires, setExpires] = useState(dayAfter(kDays));
  const [scope, setScope] = useState<Token["scope"]>(scopes.includes("write") ? "write" : "read");
  const make = useMutation({
    mutationFn: () =>
      data(
        api.POST("/api/platform/v1/projects/{project_id}/tokens", {
          params: { path: { project_id: id } },
          body: { name, expires_at: expires, scope },
        }),
      ),
    onSuccess: (made) => props.onMade(made.token),
  });
  const problem = isProblem(make.error) ? make.error : undefined;
  return (
    <Form send={make}>
      <TextInput
        label={t("name")}
        description={t("tokenName")}
        required
        data-autofocus
        maxLength={100}
        value={name}
        error={problem?.of("name")}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t("expires")}
        type="date"
        required
        min={dayAfter(0)}
        value={expires}
        error={problem?.of("expires_at")}
        onChange={(event) => setExpires(event.currentTarget.value)}
      />
      <NativeSelect
        label={t("scope")}
        description={t("scopeHint")}
        data={scopes}
        value={scope}
        onChange={(event) => setScope(event.currentTarget.value as Token["scope"])}
      />
      <DialogButtons submit={t("make")} send={make} onClose={props.onClose} />
    </Form>
  );
}
