// A time as people tell it, with the exact one in its title.
import { relativeTime, time } from "../i18n/format";

export function TimeText({ value }: { value: string }) {
  return (
    <time dateTime={value} title={time(value)}>
      {relativeTime(value)}
    </time>
  );
}
