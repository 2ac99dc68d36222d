import { Progress } from "@mantine/core";
import { useNavigation } from "react-router";

/** A thin bar that is shown while the code of the next page is loading. */
export function LoadingBar() {
  const isLoading = useNavigation().state === "loading";
  if (!isLoading) return null;
  return (
    <Progress
      value={100}
      animated
      size="xs"
      radius={0}
      pos="fixed"
      top={0}
      left={0}
      right={0}
      style={{ zIndex: 500 }}
      aria-label="The page is being loaded"
    />
  );
}
