import { type RefObject, useEffect, useRef } from "react";
import { useLocation } from "react-router";

/** Moves the focus to a page's heading when somebody has come to it by a link, as a browser does with whole documents. */
export function usePageFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirstPage = useLocation().key === "default";
  useEffect(() => {
    const isBusyHere = heading.current?.closest("main")?.contains(document.activeElement);
    if (!isFirstPage && !isBusyHere) heading.current?.focus();
  }, [isFirstPage]);
  return heading;
}
