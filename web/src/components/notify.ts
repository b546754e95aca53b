// Short messages in the corner: what has been done, or why not.
import { notifications } from "@mantine/notifications";
import { isProblem } from "../api/problem";

const kClose = "Close / Schließen";

export function notifyDone(message: string): void {
  notifications.show({ color: "green", message, autoClose: 3000, closeButtonProps: { "aria-label": kClose } });
}

export function notifyProblem(error: unknown): void {
  const hint = isProblem(error) ? error.body.hint : undefined;
  notifications.show({
    color: "red",
    title: error instanceof Error ? error.message : String(error),
    message: hint ?? "",
    autoClose: 8000,
    closeButtonProps: { "aria-label": kClose },
  });
}
