// The last resort: a part of the page that throws is replaced by a message, not by nothing.
import { Alert, Button, Container, Text } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useTexts } from "./texts";

function Crashed() {
  const t = useTexts();
  return (
    <Container size="sm" py="xl">
      <Alert color="red" title={t("crash")} role="alert">
        <Text mb="sm">{t("crashHint")}</Text>
        <Button onClick={() => window.location.reload()}>{t("reload")}</Button>
      </Alert>
    </Container>
  );
}

export class CrashBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Crashed /> : this.props.children;
  }
}
