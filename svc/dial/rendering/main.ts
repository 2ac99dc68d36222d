/** The process in which templates are rendered. */
import { serveFenced } from "../../lib/async/fenced.ts";
import { createSlices } from "./slice.ts";

serveFenced(createSlices(() => performance.now()));
