// Pages beside each other below one address: their list at the left, above them on narrow windows.
import { Button, Flex, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";

export interface Place {
  to: string;
  label: string;
  on: boolean;
}

export function SubNavigation(props: { label: string; places: Place[]; children: ReactNode }) {
  return (
    <Flex direction={{ base: "column", md: "row" }} gap="lg">
      <Flex
        component="nav"
        aria-label={props.label}
        direction={{ base: "row", md: "column" }}
        wrap="wrap"
        gap={4}
        w={{ base: "100%", md: 200 }}
      >
        {props.places.map((place) => (
          <Button
            key={place.to}
            component={Link}
            to={place.to}
            justify="flex-start"
            size="compact-md"
            variant={place.on ? "light" : "subtle"}
            aria-current={place.on ? "page" : undefined}
          >
            {place.label}
          </Button>
        ))}
      </Flex>
      <Stack flex={1} miw={0}>
        {props.children}
      </Stack>
    </Flex>
  );
}
