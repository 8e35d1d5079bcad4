// How applause is drawn: enough to be felt, few enough for a projector's poor graphics.
const most = 14;

export function rising(count: number): { delay: string; drift: number }[] {
  const drawn = Math.min(most, count);
  return Array.from({ length: drawn }, (_, at) => ({
    delay: `${(at * 900) / drawn}ms`,
    // The golden angle spreads any number of them without a pattern.
    drift: Math.round(Math.sin(at * 2.4) * 9),
  }));
}
