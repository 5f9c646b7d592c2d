-- Empties a cell (G3): one Reset event in a new epoch. Forgets also which sessions left.
-- KEYS     live meta names sessions left log
-- ARGV     TTL in ms, used while no touch has recorded one; channel of hints
-- returns  nothing
-- cost     O(1); memory is freed beside the commands
-- include: cell
redis.call('UNLINK', live, names, sessions, left)
redis.call('HDEL', meta, 'rich', 'floor', 'shift')
-- Nobody is here whose time could go back, so the cell's clock is the server's again.
watched = watched - shift
now = server
due = now + ttl + 1
epoch = stamp
base = counted
tell('r', '')
changes = {'epoch', epoch, 'base', base, 'watched', text(watched)}
save_and_keep()
return false
