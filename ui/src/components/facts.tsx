import { DataList } from "@mantine/core";
import type { PropsWithChildren } from "react";

/** Facts about a thing, one `Fact` per line. */
export function Facts({ children }: PropsWithChildren) {
  return <DataList labelWidth="min(10rem, 35%)">{children}</DataList>;
}

/** One name with its value. */
export function Fact({ name, children }: PropsWithChildren<{ name: string }>) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{name}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  );
}
