import type { SVGProps } from "react";

export type Icon = (props: SVGProps<SVGSVGElement>) => React.JSX.Element;

/** A stroke icon on a 24 × 24 grid. It is only decoration: the element around it has the words. */
const icon = (path: string): Icon =>
  function StrokeIcon(props) {
    return (
      <svg
        width="1.2em"
        height="1.2em"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        {...props}
      >
        <path d={path} />
      </svg>
    );
  };

export const HomeIcon = icon("M4 11.5 12 4l8 7.5M6 10v9h12v-9M10 19v-5h4v5");
export const ListIcon = icon("M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01");
export const ShieldIcon = icon("M12 3 5 6v5c0 4.6 2.9 8.2 7 10 4.1-1.8 7-5.4 7-10V6zM9 9l6 6M15 9l-6 6");
export const MegaphoneIcon = icon("M4 10v4l11 5V5zM15 9.5a3 3 0 0 1 0 5M6.5 15l1 4.5h3L9.5 16.4M19 7.5a6 6 0 0 1 0 9");
export const SendIcon = icon("M21 3 10 14M21 3l-7 18-4-7-7-4z");
export const PeopleIcon = icon(
  "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M3 20c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M16 4.5a3.5 3.5 0 0 1 0 6.5M17.5 15c2 .6 3.5 2.4 3.5 5",
);
export const ClockIcon = icon("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3 2");
export const BookIcon = icon(
  "M5 5.5A2.5 2.5 0 0 1 7.5 3H19v15H7.5A2.5 2.5 0 0 0 5 20.5zM5 20.5A2.5 2.5 0 0 0 7.5 21H19v-3M9 7.5h6M9 11h6",
);
export const InboxIcon = icon("M4 13 6.5 5h11L20 13v6H4zM4 13h4.5a3.5 3.5 0 0 0 7 0H20");
export const AtIcon = icon(
  "M15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0M15.5 8.5v5a2.3 2.3 0 0 0 4.5 0V12a8 8 0 1 0-3.2 6.4",
);
export const SunIcon = icon(
  "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
);
export const MoonIcon = icon("M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5");
export const SearchIcon = icon("M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 20 20");
export const UploadIcon = icon("M12 16V4M7 9l5-5 5 5M5 16v4h14v-4");
export const DownloadIcon = icon("M12 4v12M7 11l5 5 5-5M5 16v4h14v-4");
export const PlugIcon = icon("M9 3v6M15 3v6M6 9h12v3a6 6 0 0 1-12 0zM12 18v3");
export const PlusIcon = icon("M12 5v14M5 12h14");
export const PlayIcon = icon("M7 4.5v15l12-7.5z");
export const PauseIcon = icon("M8 5v14M16 5v14");
export const StopIcon = icon("M6 6h12v12H6z");
export const TrashIcon = icon("M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5");
export const CrossIcon = icon("M6 6l12 12M18 6 6 18");
export const WarningIcon = icon("M12 4 2.5 20h19zM12 10v4M12 17h.01");
export const LeftIcon = icon("M15 5l-7 7 7 7");
export const RightIcon = icon("M9 5l7 7-7 7");
export const UpIcon = icon("M5 15l7-7 7 7");
export const DownIcon = icon("M5 9l7 7 7-7");
export const PencilIcon = icon("M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3");
export const SignOutIcon = icon("M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9");
