import { Button, Menu, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { signOut } from "../api/session.ts";
import { DownIcon, SignOutIcon } from "../components/icons.tsx";
import { notifyFailure } from "../components/notify.ts";

interface Props {
  tenant: string;
  email: string;
}

/** Shows who is signed in, and offers to sign out. */
export function AccountMenu({ tenant, email }: Props) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = () => {
    void navigate("/sign-in", { replace: true });
    signOut().catch(notifyFailure("Signed out here, but the session could not be ended at the server"));
    // The next person at this screen must not see this person's data.
    queries.clear();
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="subtle" color="gray" c="inherit" rightSection={<DownIcon />} aria-label={`Account: ${email}`}>
          {tenant}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          Signed in as
          <Text size="sm" c="var(--mantine-color-text)">
            {email}
          </Text>
        </Menu.Label>
        <Menu.Item leftSection={<SignOutIcon />} onClick={leave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
