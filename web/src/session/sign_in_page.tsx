import { Anchor, Button, PasswordInput, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "../components/form";
import { api, data } from "../api/client";
import { isProblem } from "../api/problem";
import { CardPage } from "./card_page";
import { rememberSession } from "./session";
import { useTexts } from "./texts";

async function signIn(email: string, password: string) {
  rememberSession(await data(api.POST("/api/platform/v1/session", { body: { email, password } })));
}

export function SignInPage() {
  const t = useTexts();
  const [isNew, setNew] = useState(false);
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const settings = useQuery({
    queryKey: ["public-settings"],
    queryFn: () => data(api.GET("/api/platform/v1/settings/public")),
  });
  const send = useMutation({
    mutationFn: async () => {
      if (isNew) await api.POST("/api/platform/v1/sign-up", { body: { email, password, name: name || undefined } });
      await signIn(email, password);
    },
  });
  const said = isProblem(send.error) ? send.error : undefined;
  return (
    <CardPage title={isNew ? t("signUp") : t("signIn")}>
      <Form send={send}>
        <TextInput
          label={t("email")}
          type="text"
          inputMode="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          error={said?.of("email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {isNew ? (
          <TextInput
            label={t("name")}
            autoComplete="name"
            value={name}
            error={said?.of("name")}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        ) : null}
        <PasswordInput
          label={t("password")}
          description={isNew ? t("newPasswordHint") : undefined}
          autoComplete={isNew ? "new-password" : "current-password"}
          required
          value={password}
          error={said?.of("password")}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={send.isPending}>
          {isNew ? t("signUp") : t("signIn")}
        </Button>
        {settings.data?.sign_up_enabled ? (
          <Anchor component="button" type="button" onClick={() => setNew(!isNew)}>
            {isNew ? t("haveAccount") : t("signUp")}
          </Anchor>
        ) : null}
        {isNew ? null : (
          <Text size="sm" c="dimmed">
            {t("firstStart")}
          </Text>
        )}
      </Form>
    </CardPage>
  );
}
