-- How many members are live. Changes nothing (R1).
-- KEYS     live meta
-- ARGV     window or -1
-- returns  {stale, count}; stale as in live.lua
-- cost     O(log members)
-- include: limits
-- include: read
return {stale, redis.call('ZCOUNT', live, string.format('%.0f', cutoff), '+inf')}
