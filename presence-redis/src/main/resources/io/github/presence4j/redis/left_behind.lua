-- Makes a cell from before a reset of its sharded topic expire soon. Late heartbeats do not keep it longer.
-- KEYS     live meta names sessions left log
-- ARGV     how long to keep it at most, in ms: watchers still read the rest of its log
-- returns  nothing
-- cost     O(1)
if redis.call('EXISTS', KEYS[2]) == 0 then return false end
-- The first command moves the expiry, which a full server accepts.
for _, key in ipairs(KEYS) do
  if redis.call('PTTL', key) > tonumber(ARGV[1]) then redis.call('PEXPIRE', key, ARGV[1]) end
end
local time = redis.call('TIME')
redis.call('HSETNX', KEYS[2], 'over', string.format('%.0f', time[1] * 1000))
redis.call('HSET', KEYS[2], 'due', '0')
return false
