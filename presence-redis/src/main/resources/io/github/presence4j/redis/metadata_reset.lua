-- Empties a sharded topic at one moment (G3): from now on its cells are those of another generation.
-- KEYS     metadata
-- ARGV     TTL in ms, used while no touch has recorded one; the new generation; channel of signals
-- returns  {the previous generation, or false}
-- cost     O(1)
-- include: limits
local state = redis.call('HMGET', KEYS[1], 'ttl', 'generation')
local ttl = state[1] or ARGV[1]
local time = redis.call('TIME')
-- A full server rejects a script if its first write may need memory. This first write never does, so all later ones are accepted:
-- a reset frees memory.
redis.call('HDEL', KEYS[1], '')
redis.call('HSET', KEYS[1], 'generation', ARGV[2], 'reset', string.format('%.0f', time[1] * 1000000 + time[2]))
if redis.call('PTTL', KEYS[1]) < ttl + KEPT_AFTER_TTL_MILLIS then
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', ttl + KEPT_AFTER_TTL_MILLIS))
end
redis.call('PUBLISH', ARGV[3], '')
return {state[2]}
