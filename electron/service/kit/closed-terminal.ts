/**
 * From now on this process goes on when the terminal that it was started in is gone: what it writes there is lost, and no
 * error. Called by processes that a person does not read.
 */
export function ignoreClosedTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
