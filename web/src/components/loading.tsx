import { Center, Loader } from "@mantine/core";
import { useTexts } from "./texts";

export function Loading() {
  const t = useTexts();
  return (
    <Center h="60vh" role="status" aria-label={t("loading")}>
      <Loader />
    </Center>
  );
}
