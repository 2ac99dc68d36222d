import { Button } from "@mantine/core";
import { Link } from "react-router";
import { SearchIcon } from "../components/icons.tsx";
import { EmptyList } from "../components/empty-list.tsx";
import { Page } from "../components/page.tsx";

/** Shown for an unknown address. */
export function NotFoundPage() {
  return (
    <Page title="Page not found">
      <EmptyList
        icon={SearchIcon}
        title="There is nothing at this address"
        action={
          <Button component={Link} to="/">
            Go home
          </Button>
        }
      >
        The address may be mistyped, or what was here has been deleted.
      </EmptyList>
    </Page>
  );
}
