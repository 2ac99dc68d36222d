/** Ids that a spreadsheet took for numbers: `1.59002E+17` may be any of ten billion customers. */

/** Whether a text is a number with an exponent, as spreadsheets write long ones. Codes such as `12E4` are none. */
export const isRounded = (text: string): boolean => /^[+-]?\d(?:[.,]\d{1,20}E\+?\d{1,3}|E\+\d{1,3})$/i.test(text);

export const ROUNDED =
  "A spreadsheet wrote it as a rounded number, so that two different ones may look alike. Format its column as text.";
