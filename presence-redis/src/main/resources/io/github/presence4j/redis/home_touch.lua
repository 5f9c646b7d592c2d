-- Keeps what a sharded topic has only once for one more TTL and a minute.
-- KEYS     home
-- ARGV     TTL in ms; 1 to record it
-- returns  {generation or false, the TTL recorded before or false}
-- cost     O(1)
local state = redis.call('HMGET', KEYS[1], 'generation', 'ttl')
if ARGV[2] == '1' then redis.call('HSET', KEYS[1], 'ttl', ARGV[1]) end
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', ARGV[1] + 60000))
return state
