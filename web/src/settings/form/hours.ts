/** The quick fills of a time range (TM-9), as rows. Pure. */
export const hours = {
  allDay: ["00:00", "24:00"],
  workDay: ["08:50", "18:00"],
  morning: ["08:50", "12:00"],
  afternoon: ["13:00", "18:00"],
} as const;

export const days = { weekdays: [1, 5], wholeWeek: [1, 7], weekend: [6, 7] } as const;

export type Hours = keyof typeof hours;
export type Days = keyof typeof days;

/** rowOf is the row that a quick fill adds. */
export function rowOf(when: Hours, on: Days) {
  const [start_time, end_time] = hours[when];
  const [start_day_of_week, end_day_of_week] = days[on];
  return { start_day_of_week, end_day_of_week, start_time, end_time };
}
