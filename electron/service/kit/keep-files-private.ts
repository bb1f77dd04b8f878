/**
 * From now on every file and folder that this process creates is its user's alone (0600, 0700), whichever library
 * creates it. Called first by every process of the product; its threads have the same mask. On Windows the rights of
 * the folder apply instead.
 */
export function keepFilesPrivate(): void {
  process.umask(0o077)
}
