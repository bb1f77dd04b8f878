/** The nonce that the shell made for this page load; style elements without it are refused. Empty without a nonce. */
export function styleNonce(): string {
  return document.querySelector('meta[name="castellan-style-nonce"]')?.getAttribute('content') ?? ''
}
