import { notifications } from "@mantine/notifications";
import Tags from "../../record/tags.tsx";
import "./in-call.css";

/** CallTags is what is put on a call while it is spoken in, each change with a short notice (SP-35). */
export default function CallTags({ call }: { call: string }) {
  return (
    <div className="call-tags">
      <Tags call={call} tell={(message) => notifications.show({ message, color: "iris", autoClose: 4500 })} />
    </div>
  );
}
