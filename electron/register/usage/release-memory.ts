/**
 * Releases the memory of an array, which is empty then. The garbage collector, which sees the few bytes of the object and
 * not the megabytes behind it, would do so long after.
 */
export function releaseMemory({ buffer }: Uint32Array | Int32Array | Float64Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0)
}
