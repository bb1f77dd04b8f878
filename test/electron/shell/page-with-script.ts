/** One page, which makes itself three by a script where one runs. */
export const PAGE_WITH_SCRIPT =
  '<!doctype html><title>Report</title><p>10.01</p><script>document.body.innerHTML = "<p style=\\"break-after: page\\">ran</p>".repeat(3)</script>'

/** Chromium writes the object of each page as text. */
export function countPdfPages(pdf: Uint8Array): number {
  return new TextDecoder('latin1').decode(pdf).match(/\/Type \/Page\b(?!s)/gu)?.length ?? 0
}
