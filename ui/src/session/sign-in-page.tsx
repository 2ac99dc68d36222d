import { Alert, Button, Center, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { Navigate, useLocation } from "react-router";
import type { IssueTokenResponse } from "../api/contract.ts";
import { asFailure } from "../api/failure.ts";
import { signIn } from "../api/session.ts";
import { ErrorPanel } from "../components/error-panel.tsx";
import { counted } from "../components/words.ts";
import { required } from "../components/form-rules.ts";
import { refusalsNotice } from "./refusals-notice.ts";
import { Logo } from "../shell/logo.tsx";
import { ThemeSwitch } from "../shell/theme-switch.tsx";
import { useSession } from "./use-session.ts";

/** Asks for tenant, email and password, and then opens the page that the person wanted. */
export function SignInPage() {
  const session = useSession();
  const from = (useLocation().state as { from?: string } | null)?.from ?? "/";
  if (session.status !== "signed-out") return <Navigate to={from} replace />;
  return (
    <Center mih="100vh" p="md" component="main">
      <title>Sign in · Herald</title>
      <Stack w="100%" maw={400} gap="lg">
        <Group justify="space-between">
          <Group gap="sm">
            <Logo size={40} />
            <Title order={1} size="h2">
              Sign in to Herald
            </Title>
          </Group>
          <ThemeSwitch />
        </Group>
        {session.expired && <Alert color="yellow">Your session has ended. Sign in again to go on.</Alert>}
        <SignInForm />
      </Stack>
    </Center>
  );
}

const dayAndTimeWithZone = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});

/** Tells the owner of the account about wrong passwords, since somebody else may have tried. */
function tellRefusals({ refusedSignIns, lastRefusedSignInTime }: IssueTokenResponse): void {
  if (!refusedSignIns || !lastRefusedSignInTime) return;
  notifications.show({
    id: refusalsNotice,
    color: "yellow",
    autoClose: false,
    title: "Wrong passwords since you last signed in",
    message: `${counted(refusedSignIns, "try", "tries")}, the last on ${dayAndTimeWithZone.format(new Date(lastRefusedSignInTime))}. If it was not you, ask your administrator for a new password.`,
  });
}

/** The message does not say which of the three is wrong. */
const refusalTitle = (error: unknown): string =>
  asFailure(error).reason === "ERROR_REASON_CREDENTIALS_INVALID" ? "Wrong tenant, email or password" : "Not signed in";

function SignInForm() {
  const form = useForm({
    initialValues: { tenant: "", email: "", password: "" },
    validate: {
      tenant: required("The short name of your organisation"),
      email: required("Your email address"),
      password: required("Your password"),
    },
  });
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: tellRefusals,
    onError: () => form.setFieldValue("password", ""),
  });
  return (
    <Paper className="card" p="lg">
      <form onSubmit={form.onSubmit((values) => enter.mutate(values))} noValidate>
        <Stack>
          {enter.error && <ErrorPanel title={refusalTitle(enter.error)} error={enter.error} />}
          <TextInput
            label="Tenant"
            description="The short name of your organisation in Herald"
            autoComplete="organization"
            autoCapitalize="none"
            data-autofocus
            required
            {...form.getInputProps("tenant")}
          />
          <TextInput label="Email" type="email" autoComplete="username" required {...form.getInputProps("email")} />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            {...form.getInputProps("password")}
          />
          <Button type="submit" loading={enter.isPending} fullWidth>
            Sign in
          </Button>
          <Text size="sm" c="dimmed">
            No account? Your administrator makes one for you.
          </Text>
        </Stack>
      </form>
    </Paper>
  );
}
