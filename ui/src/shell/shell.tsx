import { Anchor, AppShell, Box, Burger, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { PropsWithChildren } from "react";
import { Link } from "react-router";
import type { SessionState } from "../api/session.ts";
import { AccountMenu } from "./account-menu.tsx";
import { LoadingBar } from "./loading-bar.tsx";
import { Logo } from "./logo.tsx";
import { Navigation } from "./navigation.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

type SignedInSession = Extract<SessionState, { status: "signed-in" }>;

/** The frame around every page: header, navigation, and a link that skips both. */
export function Shell({ session, children }: PropsWithChildren<{ session: SignedInSession }>) {
  const [isOpen, { toggle, close }] = useDisclosure();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      padding={{ base: "md", md: "xl" }}
    >
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <LoadingBar />
      <AppShell.Header bg="var(--mantine-color-body)">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={isOpen ? "Close the navigation" : "Open the navigation"}
            />
            <Anchor component={Link} to="/" c="inherit" underline="never" className="brand">
              <Logo />
              Herald
            </Anchor>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <ThemeSwitch />
            <AccountMenu tenant={session.tenant} email={session.email} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" bg="var(--mantine-color-body)">
        <Navigation onNavigate={close} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Box maw={1240} mx="auto">
          {children}
        </Box>
      </AppShell.Main>
    </AppShell>
  );
}
