// What an administrator can do with a user.
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconKey, IconShield, IconUserCheck, IconUserOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { api, data } from "../api/client";
import { queries } from "../api/queries";
import type { User } from "../api/types";
import { confirm } from "../components/confirm";
import { notifyProblem } from "../components/notify";
import { useTexts } from "./texts";
import type { OneTimePassword } from "./users";

export function UserMenu({ user, onPassword }: { user: User; onPassword: (made: OneTimePassword) => void }) {
  const t = useTexts();
  const params = { path: { user_id: user.id } };
  const changed = () => queries.invalidateQueries({ queryKey: ["users"] });
  const change = useMutation({
    mutationFn: (body: { role?: User["role"]; state?: User["state"] }) =>
      api.PATCH("/api/platform/v1/users/{user_id}", { params, body }),
    onError: notifyProblem,
    onSettled: changed,
  });
  const reset = useMutation({
    mutationFn: () => data(api.POST("/api/platform/v1/users/{user_id}/reset-password", { params })),
    onError: notifyProblem,
    onSuccess: (made) => {
      onPassword({ name: user.name, password: made.one_time_password ?? "" });
      void changed();
    },
  });
  const askToReset = () =>
    confirm({
      title: t("resetTitle", { name: user.name }),
      text: t("resetText"),
      yes: t("resetPassword"),
      no: t("cancel"),
      onYes: () => reset.mutate(),
    });
  const askToDisable = () =>
    confirm({
      title: t("disableTitle", { name: user.name }),
      text: t("disableText"),
      yes: t("disable"),
      no: t("cancel"),
      onYes: () => change.mutate({ state: "disabled" }),
    });
  const isAdmin = user.role === "admin";
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("actions", { name: user.name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconKey size={16} />} onClick={askToReset}>
          {t("resetPassword")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconShield size={16} />}
          onClick={() => change.mutate({ role: isAdmin ? "user" : "admin" })}
        >
          {isAdmin ? t("makeUser") : t("makeAdmin")}
        </Menu.Item>
        {user.state === "active" ? (
          <Menu.Item leftSection={<IconUserOff size={16} />} color="red" onClick={askToDisable}>
            {t("disable")}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconUserCheck size={16} />} onClick={() => change.mutate({ state: "active" })}>
            {t("enable")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
