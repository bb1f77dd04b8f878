/** Days of `30d`, `4w` or a bare number of days, at most ten years; null for any other text. */
export function parseTime(text: string): number | null {
  const match = /^(\d{1,4})(d|w)?$/u.exec(text.trim().toLowerCase())
  const value = Number(match?.[1]) * (match?.[2] === 'w' ? 7 : 1)
  return !match || value > 3650 ? null : value
}
