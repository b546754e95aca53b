// The frame around every page: the banner of the instance, the header with where to go, and who one is.
import { ActionIcon, Alert, Anchor, AppShell, Burger, Button, Group, Image, Menu, NavLink, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconApi,
  IconHelp,
  IconHome,
  IconKeyboard,
  IconLogout,
  IconRoute,
  IconSettings,
  IconShoppingBag,
  IconUser,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useEffect } from "react";
import { Link, Outlet, useLocation } from "react-router";
import { api, data } from "../api/client";
import { CrashBoundary } from "../components/crash_boundary";
import { Loading } from "../components/loading";
import { notifyProblem } from "../components/notify";
import { rememberSession, useSession } from "../session/session";
import { startTour } from "../tour/tour";
import { LanguageSelect } from "./language_select";
import { SchemeButton } from "./scheme_button";
import { openShortcuts, useGlobalShortcuts } from "./shortcuts";
import { useTexts } from "./texts";

const kBannerColors = { info: "blue", warning: "yellow", critical: "red" } as const;

function InstanceBanner() {
  const t = useTexts();
  const query = useQuery({ queryKey: ["banner"], queryFn: () => data(api.GET("/api/platform/v1/banner")) });
  const banner = query.data?.banner;
  if (!banner) return null;
  return (
    <Alert color={kBannerColors[banner.level]} mb="md" py="xs" role="status" aria-label={t("banner")}>
      {banner.text}
    </Alert>
  );
}

function usePlaces() {
  const t = useTexts();
  const { user } = useSession();
  const { pathname } = useLocation();
  const places = [
    {
      to: "/",
      label: t("projects"),
      icon: <IconHome size={18} />,
      on: pathname === "/" || pathname.startsWith("/projects"),
    },
    { to: "/demos", label: t("demos"), icon: <IconShoppingBag size={18} />, on: pathname.startsWith("/demos") },
  ];
  if (user.role === "admin") {
    places.push({
      to: "/admin",
      label: t("admin"),
      icon: <IconSettings size={18} />,
      on: pathname.startsWith("/admin"),
    });
  }
  return places;
}

function HelpMenu() {
  const t = useTexts();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t("help")} data-tour="help">
          <IconHelp size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconRoute size={16} />} onClick={startTour}>
          {t("tour")}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openShortcuts} rightSection="?">
          {t("shortcuts")}
        </Menu.Item>
        <Menu.Item leftSection={<IconApi size={16} />} component="a" href="/external_api_docs">
          {t("api")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function UserMenu() {
  const t = useTexts();
  const { user } = useSession();
  const signOut = () => {
    api.DELETE("/api/platform/v1/session").then(() => rememberSession(null), notifyProblem);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t("user")}>
          <IconUser size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label c="var(--mantine-color-text)">{user.name}</Menu.Label>
        <Menu.Item leftSection={<IconUser size={16} />} component={Link} to="/account">
          {t("account")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function Shell() {
  const t = useTexts();
  const [isOpen, { toggle, close }] = useDisclosure();
  const places = usePlaces();
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  useGlobalShortcuts();
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 220, breakpoint: "sm", collapsed: { desktop: true, mobile: !isOpen } }}
      padding={{ base: "sm", sm: "md" }}
    >
      <a className="skip" href="#content">
        {t("skip")}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t("menu")} />
            <Anchor component={Link} to="/" underline="never" c="var(--mantine-color-text)">
              <Group gap={8} wrap="nowrap">
                <Image src="/assets/icon.svg" w={28} h={28} alt="" />
                <Text fw={700}>Mimus</Text>
              </Group>
            </Anchor>
            <Group component="nav" gap={4} visibleFrom="sm" ml="md" wrap="nowrap" aria-label={t("navigation")}>
              {places.map((place) => (
                <Button
                  key={place.to}
                  component={Link}
                  to={place.to}
                  size="compact-md"
                  variant={place.on ? "light" : "subtle"}
                  color={place.on ? "indigo" : "gray"}
                  c={place.on ? undefined : "var(--mantine-color-text)"}
                  leftSection={place.icon}
                  aria-current={place.on ? "page" : undefined}
                  data-tour={"place-" + place.to}
                >
                  {place.label}
                </Button>
              ))}
            </Group>
          </Group>
          <Group gap={6} wrap="nowrap">
            <Group visibleFrom="xs" gap={6}>
              <LanguageSelect />
            </Group>
            <SchemeButton />
            <HelpMenu />
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t("menu")}>
        {isOpen ? (
          <>
            {places.map((place) => (
              <NavLink
                key={place.to}
                component={Link}
                to={place.to}
                label={place.label}
                leftSection={place.icon}
                active={place.on}
              />
            ))}
            <LanguageSelect />
          </>
        ) : null}
      </AppShell.Navbar>
      <AppShell.Main id="content">
        <InstanceBanner />
        <CrashBoundary key={pathname.split("/")[1]}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </CrashBoundary>
      </AppShell.Main>
    </AppShell>
  );
}
