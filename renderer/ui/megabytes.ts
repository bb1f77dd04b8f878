/** A size in megabytes (10⁶ bytes) with one decimal: `12.3 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
