// Numbers, sizes and times as people of the page's language write them.
import { language } from "./texts";

export function count(value: number): string {
  return value.toLocaleString(language());
}

export function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  let size = value;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return (
    size.toLocaleString(language(), { maximumFractionDigits: unit === 0 || size >= 100 ? 0 : 1 }) + " " + units[unit]
  );
}

export function time(value: string): string {
  return new Date(value).toLocaleString(language(), { dateStyle: "medium", timeStyle: "short" });
}

// "3 minutes ago", "in 2 days".
export function relativeTime(value: string, now = Date.now()): string {
  const seconds = (Date.parse(value) - now) / 1000;
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ["year", 31557600],
    ["month", 2629800],
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ];
  const format = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return format.format(Math.trunc(seconds), "second");
}

// "850 ms", "12.3 s", "4 min 05 s".
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return count(Math.round(milliseconds)) + " ms";
  const seconds = milliseconds / 1000;
  if (seconds < 60) return seconds.toLocaleString(language(), { maximumFractionDigits: 1 }) + " s";
  const whole = Math.round(seconds);
  return Math.floor(whole / 60) + " min " + String(whole % 60).padStart(2, "0") + " s";
}
