import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { createContext, type PropsWithChildren, type ReactNode, useCallback, useContext, useState } from "react";

interface Question {
  title: string;
  /** What will happen, and whether it can be undone. */
  body: ReactNode;
  /** The label of the button, as a command: `Delete the list`. */
  confirmLabel: string;
  isDangerous?: boolean;
}

type ConfirmQuestion = (question: Question) => Promise<boolean>;

const AskContext = createContext<ConfirmQuestion>(() => Promise.resolve(false));

/** Asks before something that cannot be undone: `if (await confirm({ … })) remove.mutate()`. */
export const useConfirm = (): ConfirmQuestion => useContext(AskContext);

export function ConfirmProvider({ children }: PropsWithChildren) {
  const [asked, setAsked] = useState<Question & { answer: (yes: boolean) => void }>();
  const [isOpen, setIsOpen] = useState(false);

  const ask = useCallback<ConfirmQuestion>((question) => {
    setIsOpen(true);
    return new Promise((answer) => setAsked({ ...question, answer }));
  }, []);
  const answer = (yes: boolean) => {
    setIsOpen(false);
    asked?.answer(yes);
  };

  return (
    <AskContext value={ask}>
      {children}
      <Modal
        opened={isOpen}
        onClose={() => answer(false)}
        title={asked?.title}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Stack>
          {typeof asked?.body === "string" ? <Text>{asked.body}</Text> : asked?.body}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => answer(false)} data-autofocus>
              Cancel
            </Button>
            <Button color={asked?.isDangerous ? "red.8" : undefined} onClick={() => answer(true)}>
              {asked?.confirmLabel}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </AskContext>
  );
}
