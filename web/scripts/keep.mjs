// The build empties dist; the placeholder lets Go embed the folder in a tree that was never built.
import { writeFileSync } from "node:fs";

writeFileSync(new URL("../dist/.gitkeep", import.meta.url), "");
