import { FileButton, Button, Group, Paper, Text } from "@mantine/core";
import { useState } from "react";
import { UploadIcon } from "./icons.tsx";

interface Props {
  label: string;
  onPick: (file: File) => void;
}

/** Lets a person choose one file in the system's dialog, or drop it on the page. */
export function FilePicker({ label, onPick }: Props) {
  const [isOver, setIsOver] = useState(false);
  return (
    <Paper
      withBorder
      p="lg"
      bg={isOver ? "var(--mantine-primary-color-light)" : "var(--herald-ground)"}
      style={{ borderStyle: "dashed" }}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        const [file] = event.dataTransfer.files;
        if (file) onPick(file);
      }}
    >
      <Group justify="center">
        <FileButton onChange={(file) => file && onPick(file)} accept=".csv,.txt,.tsv,text/csv,text/plain">
          {(props) => (
            <Button {...props} variant="default" leftSection={<UploadIcon />}>
              {label}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          or drop it here
        </Text>
      </Group>
    </Paper>
  );
}
