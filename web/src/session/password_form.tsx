// Changes one's own password; the server signs in anew with it.
import { Button, PasswordInput, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api, data } from "../api/client";
import { ProblemAlert } from "../components/problem_alert";
import { rememberSession } from "./session";
import { useTexts } from "./texts";

const kShortest = 12;

export function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const t = useTexts();
  const [old, setOld] = useState("");
  const [wanted, setWanted] = useState("");
  const [again, setAgain] = useState("");
  const [complaint, setComplaint] = useState<string>();
  const send = useMutation({
    mutationFn: () =>
      data(api.POST("/api/platform/v1/session/password", { body: { old_password: old, new_password: wanted } })),
    onSuccess: (session) => {
      rememberSession(session);
      onChanged();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = wanted.length < kShortest ? t("tooShort") : wanted !== again ? t("differ") : undefined;
    setComplaint(wrong);
    if (!wrong) send.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={420}>
        {send.isError ? <ProblemAlert error={send.error} /> : null}
        <PasswordInput
          label={t("oldPassword")}
          autoComplete="current-password"
          required
          value={old}
          onChange={(event) => setOld(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("newPassword")}
          description={t("newPasswordHint")}
          autoComplete="new-password"
          required
          value={wanted}
          error={complaint}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("repeat")}
          autoComplete="new-password"
          required
          value={again}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        <Button type="submit" loading={send.isPending}>
          {t("change")}
        </Button>
      </Stack>
    </form>
  );
}
