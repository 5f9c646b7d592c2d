-- Empties a cell (G3): one Reset event in a new epoch. Forgets also which sessions left.
-- KEYS     live meta names sessions left log times
-- ARGV     TTL in ms, used while no touch has recorded one; channel of signals
-- returns  nothing
-- cost     O(1); memory is freed beside the commands

-- A full server rejects a script if its first write may need memory. This first write never does, so all later ones are accepted:
-- a reset frees memory.
redis.call('HDEL', KEYS[2] or KEYS[1], '')

-- include: limits
-- include: cell
-- include: sessions
-- A reset removes keys and creates them again, which a slot that is being moved does not allow. Reading a key that never exists
-- finds that out.
if is_elsewhere(redis.pcall('EXISTS', string.sub(meta, 1, -5) .. 'none')) then return try_again() end
redis.call('UNLINK', live, names, sessions, left, times)
make_keys()
drop('rich', 'several', 'floor', 'tombstones_due', 'min_ttl', 'switched')
rich, several, tombstones_due = false, false, nil
-- Nobody is here whose time could go back, so the cell's clock is the server's again.
record('shift', '0')
if watched > 0 then
  watched = watched - shift
  record('watched', text(watched))
end
now = server
due = now + ttl + 1
epoch = stamp
base = counted
record('epoch', epoch)
record('base', text(base))
sent = nil
append_event('r', '')
save_and_keep()
return false
