/**
 * From now on this process continues when the terminal that it was started in was closed: its output is lost, without an error.
 * Called by processes whose output a person does not read.
 */
export function ignoreClosedTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
