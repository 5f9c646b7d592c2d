-- Makes a cell from before a reset of its sharded topic expire soon. Late heartbeats do not keep it longer.
-- KEYS     live meta names sessions left log times
-- ARGV     none
-- returns  nothing
-- cost     O(1)
-- include: limits
if redis.call('EXISTS', KEYS[2]) == 0 then return false end
-- Watchers still read the rest of its log. The first command moves the expiry, which a full server accepts.
for _, key in ipairs(KEYS) do
  if redis.call('PTTL', key) > WATCHED_MILLIS then redis.call('PEXPIRE', key, WATCHED_MILLIS) end
end
local time = redis.call('TIME')
redis.call('HSETNX', KEYS[2], 'stale', string.format('%.0f', time[1] * 1000))
redis.call('HSET', KEYS[2], 'due', '0')
return false
