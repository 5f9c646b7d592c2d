-- Keeps what a sharded topic has only once for one more TTL and a minute; never for a shorter while than it would be kept: cells
-- that a reset left behind may have been touched under a longer TTL, and are told from the topic's own as long as this is here.
-- KEYS     metadata
-- ARGV     TTL in ms; 1 to record it
-- returns  {generation or false, the TTL recorded before or false, time of the last reset in us or false}
-- cost     O(1)
-- include: limits
local state = redis.call('HMGET', KEYS[1], 'generation', 'ttl', 'reset')
local ttl = state[2] or ARGV[1]
if ARGV[2] == '1' then
  ttl = ARGV[1]
  redis.call('HSET', KEYS[1], 'ttl', ttl)
end
if redis.call('PTTL', KEYS[1]) < ttl + KEPT_AFTER_TTL_MILLIS then
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', ttl + KEPT_AFTER_TTL_MILLIS))
end
return state
