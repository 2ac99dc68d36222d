import { Radio, Stack } from "@mantine/core";
import type { ImportWish } from "./import-wish.ts";

/** Asks what to do with people who are in the list already. */
export function WishField({ wish, onWish }: { wish: ImportWish; onWish: (wish: ImportWish) => void }) {
  return (
    <Radio.Group
      label="People whom the list has already, by client id, number or address"
      value={wish}
      onChange={(value) => onWish(value)}
    >
      <Stack gap={6} mt="xs">
        <Radio value="skip" label="Leave them as they are, and add the others" />
        <Radio value="update" label="Update them with the file's columns, and add the others" />
        <Radio value="add" label="Add them once more: they are in the list twice then" />
        <Radio value="replace" label="Update them, and take out everybody who is not in the file" />
      </Stack>
    </Radio.Group>
  );
}
