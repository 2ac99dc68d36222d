import { notifications } from "@mantine/notifications";
import { asFailure } from "../api/failure.ts";

/** A notification that something worked. */
export const notifyDone = (message: string): void => {
  notifications.show({ message, color: "teal", withBorder: true, closeButtonProps: { "aria-label": "Dismiss" } });
};

/** A notification that something failed. It stays until somebody closes it. */
export const notifyFailure =
  (title: string) =>
  (error: unknown): void => {
    const { message, requestId } = asFailure(error);
    notifications.show({
      title,
      message: requestId ? `${message} (request ${requestId})` : message,
      color: "red",
      withBorder: true,
      autoClose: false,
      closeButtonProps: { "aria-label": "Dismiss" },
    });
  };
