/** How to read a file, as far as the person decided it. The server detects everything that is empty. */
export interface FileReading {
  /** Corrections of the mapping: header → field; an empty field leaves the column out. */
  mapping: Readonly<Record<string, string>>;
  encoding: string;
  delimiter: string;
  /** Line of the header; 0 means that the server detects it. */
  headerLine: number;
  defaultRegion: string;
}

/** Nothing is decided, so the server detects everything. */
export const guessedReading: FileReading = {
  mapping: {},
  encoding: "",
  delimiter: "",
  headerLine: 0,
  defaultRegion: "",
};

/** How the server reads a file, apart from the columns. */
export interface FileShape {
  encoding: string;
  isEncodingGuessed: boolean;
  delimiter: string;
  headerLine: string;
}

/** The reading in the form of the contract; a corrected column is `Cell=device1`. */
export const readingParameters = ({ mapping, ...reading }: FileReading) => ({
  ...reading,
  mapping: Object.entries(mapping).map(([header, field]) => `${header}=${field}`),
});

export const encodings = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "macintosh",
  "windows-1250",
  "windows-1251",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "windows-1257",
  "windows-1258",
  "windows-874",
  "iso-8859-2",
  "iso-8859-15",
  "koi8-r",
  "koi8-u",
  "ibm866",
  "x-mac-cyrillic",
  "shift_jis",
  "euc-jp",
  "iso-2022-jp",
  "gb18030",
  "big5",
  "euc-kr",
];

/** The detected character set in words, with a note if it is not certain. */
export const encodingLabel = ({ encoding, isEncodingGuessed }: Omit<FileShape, "delimiter" | "headerLine">): string =>
  isEncodingGuessed ? `${encoding}, not certain: check the names` : encoding;

export const delimiters = [
  { value: ",", label: "Comma ," },
  { value: ";", label: "Semicolon ;" },
  { value: "|", label: "Bar |" },
  { value: "\t", label: "Tab" },
];

/** The name of a separator for people. */
export const delimiterLabel = (delimiter: string): string =>
  delimiters.find(({ value }) => value === delimiter)?.label ?? delimiter;
