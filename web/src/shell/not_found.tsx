import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { EmptyState } from "../components/empty_state";
import { useTexts } from "./texts";

export function NotFound() {
  const t = useTexts();
  return (
    <EmptyState
      icon={<IconMapOff />}
      title={t("notFound")}
      order={1}
      actions={
        <Button component={Link} to="/">
          {t("home")}
        </Button>
      }
    >
      {t("notFoundText")}
    </EmptyState>
  );
}
