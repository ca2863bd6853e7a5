import { notifications } from "@mantine/notifications";
import { words } from "../api/problem.ts";

/** act does something for others and says why when it cannot; what it changes arrives as a live event. */
export function act(task: Promise<unknown>): void {
  task.catch((error: unknown) => notifications.show({ color: "red", message: words(error) }));
}
