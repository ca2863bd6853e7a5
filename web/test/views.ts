/** Each width in one of the schemes; PARLEY_ALL_VIEWS=1 looks at all four, which takes twice as long. */
const all = [
  { name: "1440-light", size: { width: 1440, height: 900 }, scheme: "light" },
  { name: "360-dark", size: { width: 360, height: 740 }, scheme: "dark" },
  { name: "1440-dark", size: { width: 1440, height: 900 }, scheme: "dark" },
  { name: "360-light", size: { width: 360, height: 740 }, scheme: "light" },
] as const;

export const views = process.env.PARLEY_ALL_VIEWS ? all : all.slice(0, 2);
