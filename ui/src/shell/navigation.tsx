import { NavLink, Stack } from "@mantine/core";
import { Link, useLocation } from "react-router";
import {
  BookIcon,
  AtIcon,
  ClockIcon,
  HomeIcon,
  type Icon,
  InboxIcon,
  ListIcon,
  MegaphoneIcon,
  PauseIcon,
  PeopleIcon,
  PlugIcon,
  SendIcon,
  ShieldIcon,
  StopIcon,
  WarningIcon,
} from "../components/icons.tsx";
import { useSession } from "../session/use-session.ts";
import { allows } from "../session/permissions.ts";

interface Place {
  to: string;
  label: string;
  icon: Icon;
  /** The permission that the area needs. */
  needs?: string;
}

const places: readonly Place[] = [
  { to: "/", label: "Home", icon: HomeIcon },
  { to: "/campaigns", label: "Campaigns", icon: MegaphoneIcon, needs: "campaigns.read" },
  { to: "/lists", label: "Contact lists", icon: ListIcon, needs: "lists.read" },
  { to: "/suppression", label: "Suppression", icon: ShieldIcon, needs: "suppression.read" },
  { to: "/opt-outs", label: "Opt-outs", icon: StopIcon, needs: "optouts.read" },
  { to: "/attempts", label: "Attempts", icon: SendIcon, needs: "attempts.read" },
  { to: "/contacts", label: "Contacts", icon: PeopleIcon, needs: "contacts.read" },
  { to: "/attempt-policy", label: "Attempt policy", icon: PauseIcon, needs: "rules.read" },
  { to: "/senders", label: "Senders", icon: AtIcon, needs: "sessions.read" },
  { to: "/email-domains", label: "Email domains", icon: AtIcon, needs: "providers.read" },
  { to: "/providers", label: "Providers", icon: PlugIcon, needs: "providers.read" },
  { to: "/jobs", label: "Jobs", icon: ClockIcon, needs: "jobs.read" },
  { to: "/audit", label: "Audit trail", icon: BookIcon, needs: "audit.read" },
  { to: "/undelivered", label: "Undelivered", icon: WarningIcon, needs: "undelivered.read" },
  { to: "/held-messages", label: "Held messages", icon: InboxIcon, needs: "platform.read" },
];

/** Links to every area that the person may see. */
export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const session = useSession();
  const { pathname } = useLocation();
  return (
    <Stack component="nav" gap={4} aria-label="Main">
      {places
        .filter(({ needs }) => needs === undefined || allows(session, needs))
        .map(({ to, label, icon: PlaceIcon }) => {
          const isHere = to === "/" ? pathname === "/" : pathname.startsWith(to);
          return (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={label}
              leftSection={<PlaceIcon />}
              active={isHere}
              aria-current={isHere ? "page" : undefined}
              onClick={onNavigate}
              style={{ borderRadius: "var(--mantine-radius-md)" }}
            />
          );
        })}
    </Stack>
  );
}
