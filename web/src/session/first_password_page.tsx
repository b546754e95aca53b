import { Text } from "@mantine/core";
import { CardPage } from "./card_page";
import { PasswordForm } from "./password_form";
import { useTexts } from "./texts";

export function FirstPasswordPage() {
  const t = useTexts();
  return (
    <CardPage title={t("first")}>
      <Text size="sm" mb="md">
        {t("firstText")}
      </Text>
      <PasswordForm onChanged={() => undefined} />
    </CardPage>
  );
}
