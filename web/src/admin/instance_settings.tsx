import { Button, Checkbox, Group, NativeSelect, Paper, Stack, Textarea, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "../components/form";
import { api, data } from "../api/client";
import { isProblem } from "../api/problem";
import { queries } from "../api/queries";
import type { Banner, Settings, SystemRole } from "../api/types";
import { Loaded } from "../components/loaded";
import { notifyDone } from "../components/notify";
import { PageHead } from "../components/page_head";
import { useTexts } from "./texts";

function SettingsForm({ settings }: { settings: Settings }) {
  const t = useTexts();
  const [draft, setDraft] = useState(settings);
  const save = useMutation({
    mutationFn: () => data(api.PATCH("/api/platform/v1/settings", { body: draft })),
    onSuccess: (saved) => {
      queries.setQueryData(["settings"], saved);
      void queries.invalidateQueries({ queryKey: ["public-settings"] });
      notifyDone(t("saved"));
    },
  });
  return (
    <Form send={save}>
      <TextInput
        label={t("instance")}
        required
        maxLength={100}
        value={draft.instance_name}
        error={isProblem(save.error) ? save.error.of("instance_name") : undefined}
        onChange={(event) => setDraft({ ...draft, instance_name: event.currentTarget.value })}
      />
      <Checkbox
        label={t("signUp")}
        checked={draft.sign_up_enabled}
        onChange={(event) => setDraft({ ...draft, sign_up_enabled: event.currentTarget.checked })}
      />
      <NativeSelect
        label={t("signUpRole")}
        data={[
          { value: "user", label: t("user") },
          { value: "admin", label: t("admin") },
        ]}
        value={draft.sign_up_role}
        onChange={(event) => setDraft({ ...draft, sign_up_role: event.currentTarget.value as SystemRole })}
      />
      <Group>
        <Button type="submit" loading={save.isPending}>
          {t("save")}
        </Button>
      </Group>
    </Form>
  );
}

function BannerForm({ banner }: { banner: Banner | null }) {
  const t = useTexts();
  const [text, setText] = useState(banner?.text ?? "");
  const [level, setLevel] = useState<Banner["level"]>(banner?.level ?? "info");
  const changed = () => queries.invalidateQueries({ queryKey: ["banner"] });
  const publish = useMutation({
    mutationFn: () => api.PUT("/api/platform/v1/banner", { body: { text, level } }),
    onSuccess: changed,
  });
  const withdraw = useMutation({
    mutationFn: () => api.DELETE("/api/platform/v1/banner"),
    onSuccess: () => {
      setText("");
      void changed();
    },
  });
  const error = publish.error ?? withdraw.error;
  return (
    <Form send={publish} error={error}>
      <Textarea
        label={t("banner")}
        description={t("bannerHint")}
        required
        autosize
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NativeSelect
        label={t("level")}
        data={(["info", "warning", "critical"] as const).map((one) => ({ value: one, label: t(one) }))}
        value={level}
        onChange={(event) => setLevel(event.currentTarget.value as Banner["level"])}
      />
      <Group>
        <Button type="submit" loading={publish.isPending}>
          {t("publish")}
        </Button>
        {banner ? (
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {t("withdraw")}
          </Button>
        ) : null}
      </Group>
    </Form>
  );
}

export function InstanceSettings() {
  const t = useTexts();
  const settings = useQuery({ queryKey: ["settings"], queryFn: () => data(api.GET("/api/platform/v1/settings")) });
  const banner = useQuery({ queryKey: ["banner"], queryFn: () => data(api.GET("/api/platform/v1/banner")) });
  return (
    <Stack maw={640}>
      <PageHead title={t("settings")} />
      <Paper withBorder p="lg">
        <Loaded query={settings}>{(read) => <SettingsForm settings={read} />}</Loaded>
      </Paper>
      <Paper withBorder p="lg">
        <Title order={2} size="h4" mb="sm">
          {t("banner")}
        </Title>
        <Loaded query={banner}>{(read) => <BannerForm banner={read.banner} />}</Loaded>
      </Paper>
    </Stack>
  );
}
