/** Who did the event `alias`, by the best name that is known, as SQL: the address before the name, or the other way round. */
export function actorNameOf(alias: string, first: 'address' | 'name' = 'address'): string {
  const address = `${alias}.actor_email,`
  return `coalesce(${first === 'address' ? address : ''}
  (SELECT v.name FROM principal p JOIN principal_version v ON v.principal_id = p.id
    WHERE p.connection_id = ${alias}.connection_id AND p.external_id = ${alias}.actor_x ORDER BY v.from_sync DESC LIMIT 1),
  (SELECT 'the key ' || v.name FROM key k JOIN key_version v ON v.key_id = k.id
    WHERE k.connection_id = ${alias}.connection_id AND k.external_id = ${alias}.actor_x ORDER BY v.from_sync DESC LIMIT 1),
  ${first === 'name' ? address : ''} ${alias}.actor_x)`
}
