import { NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { DialogButtons, Form } from "../components/form";
import { api, data } from "../api/client";
import { isProblem } from "../api/problem";
import type { SystemRole } from "../api/types";
import { useTexts } from "./texts";
import type { OneTimePassword } from "./users";

export function NewUserForm(props: { onClose: () => void; onMade: (made: OneTimePassword) => void }) {
  const t = useTexts();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<SystemRole>("user");
  const make = useMutation({
    mutationFn: () => data(api.POST("/api/platform/v1/users", { body: { email, name: name || undefined, role } })),
    onSuccess: (user) => props.onMade({ name: user.name, password: user.one_time_password ?? "" }),
  });
  const problem = isProblem(make.error) ? make.error : undefined;
  return (
    <Form send={make}>
      <TextInput
        label={t("email")}
        inputMode="email"
        autoComplete="off"
        required
        data-autofocus
        value={email}
        error={problem?.of("email")}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <TextInput
        label={t("name")}
        autoComplete="off"
        value={name}
        error={problem?.of("name")}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label={t("role")}
        data={[
          { value: "user", label: t("user") },
          { value: "admin", label: t("admin") },
        ]}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as SystemRole)}
      />
      <DialogButtons submit={t("create")} send={make} onClose={props.onClose} />
    </Form>
  );
}
