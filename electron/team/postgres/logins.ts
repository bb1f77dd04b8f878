/** Of the team's own logins only: a member may enrol a device under any name, also that of another role of the server. */
export const FIND_LOGINS = `SELECT r.rolname, r.rolcanlogin, bool_or(o.rolname = $1) AS is_owner
  FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid JOIN pg_roles o ON o.oid = m.roleid
  WHERE o.rolname IN ($1, $2) AND r.rolname = ANY($3) GROUP BY r.rolname, r.rolcanlogin ORDER BY r.rolname`

/**
 * The logins with the rights of an owner that none of these names is. Not superusers, and not the role that set up the database, which
 * may only give the rights to others (since PostgreSQL 16).
 */
export const FIND_OTHER_OWNERS = `SELECT r.rolname FROM pg_roles r WHERE r.rolcanlogin AND NOT r.rolsuper AND NOT r.rolname = ANY($2)
  AND (pg_has_role(r.oid, $1::name, 'USAGE') OR EXISTS (SELECT 1 FROM pg_auth_members m JOIN pg_roles o ON o.oid = m.roleid
    WHERE m.member = r.oid AND o.rolname = $1 AND coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)))
  ORDER BY r.rolname`
