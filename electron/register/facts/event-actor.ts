/** Who did the event `alias`, by the best name that is known, as SQL. */
export function actorNameOf(alias: string): string {
  return `coalesce(${alias}.actor_email,
  (SELECT v.name FROM principal p JOIN principal_version v ON v.principal_id = p.id
    WHERE p.connection_id = ${alias}.connection_id AND p.external_id = ${alias}.actor_x ORDER BY v.from_sync DESC LIMIT 1),
  (SELECT 'the key ' || v.name FROM key k JOIN key_version v ON v.key_id = k.id
    WHERE k.connection_id = ${alias}.connection_id AND k.external_id = ${alias}.actor_x ORDER BY v.from_sync DESC LIMIT 1),
  ${alias}.actor_x)`
}
