/** The process in which templates are rendered. */
import { serveFenced } from "../../lib/fenced.ts";
import { createSlices } from "./slice.ts";

serveFenced(createSlices(() => performance.now()));
